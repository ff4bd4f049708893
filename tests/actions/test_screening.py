"""The conversation of the screening form, without Rasa and with fake services."""

import asyncio
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.screening import (
    ActionAskScreeningAnswer,
    ActionScreeningResult,
    ValidateScreeningForm,
    answer_to,
    is_digression,
    is_why,
)
from tests.actions.conftest import FakeServices, Reply, conversation, user

QUESTION = {
    "id": "blood_thinner",
    "text": "Do you take a blood thinner?",
    "why": "A needle can bleed.",
    "choices": [
        {"code": "yes", "title": "Yes"},
        {"code": "no", "title": "No"},
        {"code": "unsure", "title": "Not sure"},
    ],
}
NEXT = {**QUESTION, "id": "skin", "text": "Is your skin infected?"}
STATE = {"next_question": QUESTION, "answered": 4, "total": 17, "outcome": "", "reasons": []}


def assessment(next_question: Any, outcome: str = "nothing_found") -> Reply:
    return Reply(
        {
            "next_question": next_question,
            "answered": 5,
            "total": 17,
            "outcome": outcome,
            "reasons": [],
        }
    )


def asked(text: str, intent: str, **slots: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The slots and the messages after the pending question was met with `text`."""
    dispatcher = CollectingDispatcher()
    tracker = conversation(
        user(text, intent),
        loop="screening_form",
        **{
            "requested_slot": "screening_answer",
            "screening_state": STATE,
            "screening_answers": {"age": "adult"},
            **slots,
        },
    )
    events = asyncio.run(ValidateScreeningForm().run(dispatcher, tracker, {}))
    return {e["name"]: e["value"] for e in events}, dispatcher.messages


def test_an_answer_is_kept_and_the_next_question_comes(services: FakeServices) -> None:
    services.answer("/screening/assessments", assessment(NEXT))
    slots, _ = asked("nope", "deny")
    assert slots["screening_answers"] == {"age": "adult", "blood_thinner": "no"}
    assert slots["screening_state"]["next_question"] == NEXT
    assert slots["screening_answer"] is None


def test_the_last_answer_completes_the_form(services: FakeServices) -> None:
    services.answer("/screening/assessments", assessment(None))
    slots, _ = asked("no", "deny")
    assert slots["screening_answer"] == "complete"


def test_starting_asks_for_the_first_question(services: FakeServices) -> None:
    services.answer("/screening/assessments", assessment(QUESTION))
    slots, _ = asked("check me", "start_screening", requested_slot=None, screening_state=None)
    assert slots["screening_state"]["next_question"] == QUESTION


def test_a_dead_service_keeps_the_answers_and_ends_the_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SERVICES_URL", "http://127.0.0.1:9")
    slots, _ = asked("yes", "affirm")
    assert slots["screening_answers"]["blood_thinner"] == "yes"
    assert slots["screening_answer"] == "unavailable"


def test_a_question_in_between_is_left_to_its_rule(services: FakeServices) -> None:
    assert asked("does it hurt?", "faq") == ({}, [])


@pytest.mark.parametrize("intent", ["emergency_symptoms", "crisis", "ask_medical_advice"])
def test_a_danger_is_never_taken_for_an_answer(services: FakeServices, intent: str) -> None:
    assert asked("No. Although my hand is numb now", intent) == ({}, [])


def test_why_is_explained(services: FakeServices) -> None:
    slots, messages = asked("why do you ask?", "faq")
    assert messages[0]["response"] == "utter_screening_why"
    assert slots == {"screening_answer": None}


def test_three_misunderstandings_in_a_row_end_it_gently(services: FakeServices) -> None:
    for count in (0, 1):
        slots, messages = asked("purple", "out_of_scope", form_misunderstandings=count)
        assert slots == {"form_misunderstandings": count + 1, "screening_answer": None}
        assert messages[0]["response"] == "utter_screening_unclear"
    slots, _ = asked("purple", "nlu_fallback", form_misunderstandings=2)
    assert slots["screening_answer"] == "misunderstood"


def test_an_understood_answer_ends_the_row_of_misunderstandings(services: FakeServices) -> None:
    services.answer("/screening/assessments", assessment(NEXT))
    slots, _ = asked("no", "deny", form_misunderstandings=2)
    assert slots["form_misunderstandings"] == 0


def test_the_question_is_asked_with_its_number_and_choices() -> None:
    dispatcher = CollectingDispatcher()
    tracker = conversation(user("no", "deny"), screening_state=STATE)
    ActionAskScreeningAnswer().run(dispatcher, tracker, {})
    (message,) = dispatcher.messages
    assert (message["number"], message["total"]) == (5, 17)
    assert [b["title"] for b in message["buttons"]] == ["Yes", "No", "Not sure"]


@pytest.mark.parametrize(
    ("answered", "opening"), [(0, "utter_screening_intro"), (4, "utter_screening_resumed")]
)
def test_the_opening_tells_a_start_from_a_return(answered: int, opening: str) -> None:
    dispatcher = CollectingDispatcher()
    state = {**STATE, "answered": answered}
    tracker = conversation(user("check me", "start_screening"), screening_state=state)
    ActionAskScreeningAnswer().run(dispatcher, tracker, {})
    assert dispatcher.messages[0]["response"] == opening


@pytest.mark.parametrize(
    ("ended", "outcome", "response"),
    [
        ("complete", "emergency", "utter_emergency_symptoms"),
        ("complete", "not_now", "utter_screening_not_now"),
        ("complete", "ask_clinician_first", "utter_screening_ask_clinician_first"),
        ("complete", "nothing_found", "utter_screening_nothing_found"),
        ("unavailable", "", "utter_screening_unavailable"),
        ("misunderstood", "", "utter_screening_too_unclear"),
    ],
)
def test_every_end_has_its_words(ended: str, outcome: str, response: str) -> None:
    dispatcher = CollectingDispatcher()
    state = {**STATE, "outcome": outcome, "reasons": [{"advice": "Ask first."}]}
    tracker = conversation(screening_answer=ended, screening_state=state)
    events = ActionScreeningResult().run(dispatcher, tracker, {})
    assert dispatcher.messages[0]["response"] == response
    assert {"screening_answer"} <= {event["name"] for event in events}


def test_only_a_complete_interview_forgets_its_answers() -> None:
    for ended, forgets in (("complete", True), ("unavailable", False), ("misunderstood", False)):
        state = {**STATE, "outcome": "nothing_found"}
        tracker = conversation(screening_answer=ended, screening_state=state)
        events = ActionScreeningResult().run(CollectingDispatcher(), tracker, {})
        assert ("screening_answers" in {event["name"] for event in events}) is forgets


def test_a_wish_to_leave_is_no_answer_but_a_named_choice_is() -> None:
    assert answer_to(QUESTION, "no more of this please", "stop") is None
    assert answer_to(QUESTION, "Not sure", "repeat") == "unsure"
    assert answer_to(QUESTION, "No", "stop") == "no"


def test_what_counts_as_why_and_as_a_digression() -> None:
    assert is_why("Why?")
    assert not is_why("why do people in my family all get these headaches in spring")
    assert not is_why("")
    assert is_digression("faq")
    assert not is_digression("nlu_fallback")
    assert not is_digression(None)
