"""The conversation of the screening form, without Rasa and with fake services."""

import asyncio
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.card import make_card
from actions.screening import (
    ActionAskScreeningAnswer,
    ActionScreeningResult,
    ValidateScreeningForm,
)
from actions.services import Services
from tests.actions.conftest import FakeServices, Reply, bot, conversation, user
from tests.actions.test_answers import ASPIRIN, WARFARIN, question

BLOOD = question()
SKIN = question(id="skin", text="Is your skin infected?", details=[], details_id=None)
STATE: dict[str, Any] = {
    "questionnaire": "needling", "title": "Before", "answers": {"age": 40}, "next_question": BLOOD,
    "answered": 4, "total": 13, "outcome": "nothing_found", "score": None, "reasons": [],
    "last_question": SKIN, "begins": False,
}  # fmt: skip


def assessment(next_question: Any, **changes: Any) -> Reply:
    body = {key: value for key, value in STATE.items() if key not in ("last_question", "begins")}
    return Reply({**body, "next_question": next_question, **changes})


def asked(
    text: str, intent: str, *entities: dict[str, Any], **slots: Any
) -> tuple[dict[str, Any], list[str]]:
    """The slots and the responses after the pending question was met with `text`."""
    dispatcher = CollectingDispatcher()
    message = user(text, intent)
    message["parse_data"]["entities"] = list(entities)
    tracker = conversation(
        message,
        loop="screening_form",
        **{
            "requested_slot": "screening_answer",
            "screening_state": STATE,
            "screening_answers": {"needling": {"age": 40, "skin": "no"}},
            **slots,
        },
    )
    events = asyncio.run(ValidateScreeningForm().run(dispatcher, tracker, {}))
    slots = {e["name"]: e["value"] for e in events}
    return slots, [message["response"] for message in dispatcher.messages]


def answers(slots: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = slots["screening_answers"]["needling"]
    return found


def test_an_answer_is_kept_and_the_next_question_comes(services: FakeServices) -> None:
    services.answer("/screening/assessments", assessment(SKIN))
    slots, _ = asked("nope", "deny")
    assert answers(slots) == {"age": 40, "skin": "no", "blood": "no"}
    assert slots["screening_state"]["next_question"] == SKIN
    assert slots["screening_state"]["last_question"] == BLOOD
    assert slots["screening_answer"] is None


def test_what_is_named_answers_the_follow_up_as_well(services: FakeServices) -> None:
    services.answer("/screening/assessments", assessment(SKIN))
    slots, _ = asked("I take warfarin", "nlu_fallback", WARFARIN)
    assert answers(slots) == {
        "age": 40, "skin": "no", "blood": "yes", "blood_which": ["anticoagulant"],
    }  # fmt: skip


def test_who_wonders_whether_it_counts_is_told_and_kept_as_unsure(services: FakeServices) -> None:
    services.answer("/screening/assessments", assessment(SKIN))
    slots, said = asked("just a baby aspirin, does that count?", "faq", ASPIRIN)
    assert said == ["utter_screening_counts"]
    assert answers(slots)["blood"] == "unsure"
    assert answers(slots)["blood_which"] == ["antiplatelet"]


def test_what_free_words_were_taken_for_is_said(services: FakeServices) -> None:
    services.answer("/screening/assessments", assessment(SKIN))
    assert asked("they put me on warfarin", "nlu_fallback", WARFARIN)[1] == [
        "utter_screening_heard"
    ]
    for plain in ("no", "Not sure"):
        assert asked(plain, "deny")[1] == []


def test_the_last_answer_completes_the_form(services: FakeServices) -> None:
    services.answer("/screening/assessments", assessment(None))
    slots, _ = asked("no", "deny")
    assert slots["screening_answer"] == "complete"


def test_a_correction_changes_the_answer_before(services: FakeServices) -> None:
    services.answer("/screening/assessments", assessment(BLOOD))
    slots, said = asked("sorry, I meant yes", "affirm")
    assert answers(slots)["skin"] == "yes"
    assert said == ["utter_screening_corrected"]
    assert slots["screening_state"]["last_question"] == SKIN


def test_a_correction_that_names_something_changes_the_answer_it_belongs_to(
    services: FakeServices,
) -> None:
    concluded = {"answers": {"blood": "yes", "blood_which": ["antiplatelet"]}}
    services.answer("/screening/populate", Reply(concluded))
    services.answer("/screening/assessments", assessment(SKIN))
    slots, _ = asked("I made a mistake, I take aspirin", "nlu_fallback", ASPIRIN)
    assert answers(slots) == {"age": 40, "skin": "no", **concluded["answers"]}


def test_back_asks_the_last_question_again(services: FakeServices) -> None:
    services.answer("/screening/assessments", assessment(SKIN))
    slots, said = asked("go back", "nlu_fallback")
    assert answers(slots) == {"age": 40}
    assert said == ["utter_screening_back"]
    _, said = asked("back", "nlu_fallback", screening_answers={})
    assert said == ["utter_screening_nothing_before"]


def test_skipped_is_unsure_never_no(services: FakeServices) -> None:
    services.answer("/screening/assessments", assessment(SKIN))
    slots, said = asked("skip", "nlu_fallback")
    assert answers(slots)["blood"] == "unsure"
    assert said == ["utter_screening_skipped"]


def start(text: str, *entities: dict[str, Any], **slots: Any) -> tuple[dict[str, Any], list[str]]:
    fresh = {"requested_slot": None, "screening_state": None, "screening_answers": None}
    return asked(text, "start_screening", *entities, **{**fresh, **slots})


def test_starting_asks_for_the_first_question(services: FakeServices) -> None:
    services.answer("/screening/assessments", assessment(BLOOD))
    slots, said = start("check me")
    assert slots["screening_state"]["next_question"] == BLOOD
    assert said == []


def test_what_was_said_at_the_start_is_noted_and_not_asked_again(services: FakeServices) -> None:
    services.answer("/screening/populate", Reply({"answers": {"age": 41, "blood": "yes"}}))
    services.answer("/screening/assessments", assessment(SKIN))
    slots, said = start("I'm 41 and on warfarin", WARFARIN, {"entity": "age", "value": 41.0})
    assert answers(slots) == {"age": 41, "blood": "yes"}
    assert said == ["utter_screening_noted"]
    populate = services.requests[0][1]
    assert (populate["terms"], populate["answers"]) == (["anticoagulant"], {"age": 41})


def test_another_questionnaire_leaves_the_answers_of_the_first(services: FakeServices) -> None:
    services.answer("/screening/assessments", assessment(SKIN, questionnaire="midas"))
    midas = {"entity": "questionnaire", "value": "midas"}
    slots, _ = asked("do the MIDAS", "start_screening", midas)
    assert services.requests[0][1] == {"questionnaire": "midas", "answers": {}}
    assert slots["screening_answers"] == {"needling": {"age": 40, "skin": "no"}, "midas": {}}


def test_a_dead_service_keeps_the_answers_and_ends_the_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SERVICES_URL", "http://127.0.0.1:9")
    slots, _ = asked("yes", "affirm")
    assert answers(slots)["blood"] == "yes"
    assert slots["screening_answer"] == "unavailable"
    slots, _ = start("I take warfarin", WARFARIN)
    assert slots == {"screening_answer": "unavailable"}


def test_a_question_in_between_is_left_to_its_rule(services: FakeServices) -> None:
    assert asked("does it hurt?", "faq") == ({}, [])


@pytest.mark.parametrize("intent", ["emergency_symptoms", "crisis", "check_danger"])
def test_a_danger_is_never_taken_for_an_answer(services: FakeServices, intent: str) -> None:
    assert asked("No. Although my hand is numb now", intent) == ({}, [])


def test_why_is_explained(services: FakeServices) -> None:
    slots, said = asked("why do you ask?", "faq")
    assert said == ["utter_screening_why"]
    assert slots == {"screening_answer": None}


def test_three_misunderstandings_in_a_row_end_it_gently(services: FakeServices) -> None:
    for count in (0, 1):
        slots, said = asked("purple", "out_of_scope", form_misunderstandings=count)
        assert slots == {"form_misunderstandings": count + 1, "screening_answer": None}
        assert said == ["utter_screening_unclear"]
    slots, _ = asked("purple", "nlu_fallback", form_misunderstandings=2)
    assert slots["screening_answer"] == "misunderstood"


def test_an_understood_answer_ends_the_row_of_misunderstandings(services: FakeServices) -> None:
    services.answer("/screening/assessments", assessment(SKIN))
    slots, _ = asked("no", "deny", form_misunderstandings=2)
    assert slots["form_misunderstandings"] == 0


def test_the_question_is_asked_with_its_number_and_choices() -> None:
    dispatcher = CollectingDispatcher()
    tracker = conversation(user("no", "deny"), screening_state=STATE)
    ActionAskScreeningAnswer().run(dispatcher, tracker, {})
    (message,) = dispatcher.messages
    assert (message["number"], message["total"]) == (5, 13)
    assert [b["title"] for b in message["buttons"]] == ["Yes", "No", "Not sure"]


@pytest.mark.parametrize(
    ("begins", "name", "opening"),
    [
        (True, "needling", "utter_screening_intro"),
        (False, "needling", "utter_screening_resumed"),
        (True, "midas", "utter_questionnaire_intro"),
    ],
)
def test_the_opening_tells_a_start_from_a_return(begins: bool, name: str, opening: str) -> None:
    dispatcher = CollectingDispatcher()
    state = {**STATE, "begins": begins, "questionnaire": name}
    tracker = conversation(user("check me", "start_screening"), screening_state=state)
    ActionAskScreeningAnswer().run(dispatcher, tracker, {})
    assert dispatcher.messages[0]["response"] == opening


GRADE = {"value": 12, "grade": "grade_3", "title": "Grade III", "text": "Many days."}


@pytest.mark.parametrize(
    ("ended", "state", "responses"),
    [
        ("complete", {"outcome": "emergency"}, ["utter_emergency_symptoms"]),
        ("complete", {"outcome": "not_now"}, ["utter_screening_not_now", "utter_offer_card"]),
        ("complete", {"outcome": None, "score": GRADE}, ["utter_score", "utter_offer_card"]),
        ("complete", {"outcome": None}, ["utter_no_score", "utter_offer_card"]),
        ("unavailable", {}, ["utter_screening_unavailable"]),
        ("misunderstood", {}, ["utter_screening_too_unclear"]),
    ],
)
def test_every_end_has_its_words(ended: str, state: dict[str, Any], responses: list[str]) -> None:
    dispatcher = CollectingDispatcher()
    full = {**STATE, **state, "reasons": [{"advice": "Ask first."}]}
    tracker = conversation(screening_answer=ended, screening_state=full)
    events = ActionScreeningResult().run(dispatcher, tracker, {})
    assert [message["response"] for message in dispatcher.messages] == responses
    assert {"screening_answer"} <= {event["name"] for event in events}


def test_only_a_complete_interview_forgets_its_answers() -> None:
    for ended, forgets in (("complete", True), ("unavailable", False), ("misunderstood", False)):
        both = {"needling": {"age": 40}, "midas": {"missed_work": 3}}
        tracker = conversation(
            screening_answer=ended, screening_state=STATE, screening_answers=both
        )
        events = ActionScreeningResult().run(CollectingDispatcher(), tracker, {})
        slots = {event["name"]: event["value"] for event in events}
        assert ("screening_answers" in slots) is forgets
        if forgets:
            assert slots["screening_answers"] == {"midas": {"missed_work": 3}}
            kept = {"questionnaire": "needling", "answers": {"age": 40}}
            assert slots["finished_interview"] == kept


FINISHED = {"questionnaire": "needling", "answers": {"age": 40}}


def card(url: str, **slots: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    dispatcher = CollectingDispatcher()
    tracker = conversation(bot("utter_offer_card"), user("yes", "affirm"), **slots)
    events = make_card(dispatcher, tracker, Services(url))
    return {e["name"]: e["value"] for e in events}, dispatcher.messages


def test_a_page_is_kept_once_and_its_address_given(services: FakeServices) -> None:
    services.answer("/screening/records", Reply({"id": "x" * 22}, 201))
    slots, (message,) = card(services.url, finished_interview=FINISHED)
    assert message["page"].endswith(f"/cards/{'x' * 22}/card.html")
    assert slots["kept_records"] == ["x" * 22]
    slots, _ = card(services.url, finished_interview=FINISHED, kept_records=["x" * 22])
    assert slots["kept_records"] == ["x" * 22]
    assert services.requests[0][1]["consent"] is True


def test_without_an_interview_there_is_no_page(services: FakeServices) -> None:
    _, (message,) = card(services.url)
    assert message["response"] == "utter_no_card"
    assert services.requests == []


def test_a_dead_service_keeps_no_page_and_says_so() -> None:
    slots, (message,) = card("http://127.0.0.1:9", finished_interview=FINISHED)
    assert message["response"] == "utter_card_unavailable"
    assert slots == {}
