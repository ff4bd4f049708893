"""What a message means while a question is pending."""

from datetime import date
from typing import Any

import pytest

from actions.answers import Reading, read_answer
from actions.meaning import Understood, understand

YES_NO = [
    {"code": "yes", "title": "Yes", "terms": []},
    {"code": "no", "title": "No", "terms": []},
    {"code": "unsure", "title": "Not sure", "terms": []},
]
WHICH = [
    {"code": "anticoagulant", "title": "A blood thinner", "terms": ["anticoagulant"]},
    {"code": "antiplatelet", "title": "Aspirin or the like", "terms": ["antiplatelet"]},
    {"code": "unsure", "title": "Not sure", "terms": []},
]


def question(**changes: Any) -> dict[str, Any]:
    plain = {
        "id": "blood", "text": "?", "why": "Because.", "choices": YES_NO, "several": False,
        "number": None, "past_counts": False, "details_id": "blood_which", "details": WHICH,
    }  # fmt: skip
    return {**plain, **changes}


def named(value: str, group: str, *marks: str) -> dict[str, Any]:
    return {"entity": "medicine", "value": value, "group": group, "marks": list(marks)}


WARFARIN, ASPIRIN = named("warfarin", "anticoagulant"), named("aspirin", "antiplatelet")


def answer(text: str, *entities: dict[str, Any], **changes: Any) -> Reading | None:
    return read_answer(question(**changes), text, entities)


def test_a_tapped_choice_is_that_choice() -> None:
    assert answer("Not sure") == Reading("unsure")
    assert answer("A blood thinner", choices=WHICH, several=True) == Reading(("anticoagulant",))


def test_who_names_it_has_it_and_says_which() -> None:
    assert answer("I take warfarin for my heart", WARFARIN) == Reading("yes", ("anticoagulant",))
    both = answer("warfarin and aspirin", WARFARIN, ASPIRIN)
    assert both == Reading("yes", ("anticoagulant", "antiplatelet"))


def test_who_wonders_whether_it_counts_is_unsure_but_says_which() -> None:
    assert answer("just aspirin, does that count?", ASPIRIN) == Reading("unsure", ("antiplatelet",))
    assert answer("maybe warfarin", WARFARIN) == Reading("unsure", ("anticoagulant",))


@pytest.mark.parametrize("mark", ["negated", "someone_else", "past"])
def test_what_is_denied_over_or_somebody_elses_is_no(mark: str) -> None:
    assert answer("... warfarin", named("warfarin", "anticoagulant", mark)) == Reading("no")


def test_what_was_once_counts_where_the_question_asks_for_it() -> None:
    once = named("warfarin", "anticoagulant", "past")
    assert answer("until 2010", once, past_counts=True) == Reading("yes", ("anticoagulant",))


def test_what_was_not_long_ago_is_not_over() -> None:
    lately = {"entity": "date", "value": f"{date.today().year}-01-02"}
    once = named("warfarin", "anticoagulant", "past")
    assert answer("until January", once, lately) == Reading("yes", ("anticoagulant",))
    assert answer("until 2010", once, {"entity": "date", "value": "2010"}) == Reading("no")


def test_a_question_about_it_is_no_answer() -> None:
    assert answer("is warfarin a blood thinner?", WARFARIN) is None
    assert answer("does it hurt?") is None


def test_several_choices_at_once() -> None:
    def which(text: str, *entities: dict[str, Any]) -> Reading | None:
        return answer(text, *entities, choices=WHICH, several=True)

    assert which("warfarin and aspirin", WARFARIN, ASPIRIN) == Reading(
        ("anticoagulant", "antiplatelet")
    )
    assert which("both") == Reading(("anticoagulant", "antiplatelet"))
    assert which("1 and 2") == Reading(("anticoagulant", "antiplatelet"))
    assert which("no idea") == Reading("unsure")
    assert which("none of these") == Reading("unsure"), "what it is then, is open"
    assert which("purple") is None


def test_a_number_or_not_sure() -> None:
    number = {"lowest": 0, "highest": 31, "unit": "d", "period_days": 30}
    assert answer("around ten", choices=[], number=number) == Reading(10)
    assert answer("no idea", choices=[], number=number) == Reading("unsure")
    assert answer("purple", choices=[], number=number) is None


def meant(text: str, intent: str, *entities: dict[str, Any]) -> Understood:
    message = {"text": text, "intent": {"name": intent}, "entities": list(entities)}
    return understand(question(), question(id="skin", details=[], details_id=None), message)


@pytest.mark.parametrize(
    ("text", "intent", "kind"),
    [
        ("No. Although my hand is numb now", "emergency_symptoms", "danger"),
        ("no", "deny", "answer"),
        ("No", "stop", "answer"),
        ("no more of this please", "stop", "leave"),
        ("why do you ask?", "faq", "why"),
        ("go back please", "nlu_fallback", "back"),
        ("I'd rather not say", "nlu_fallback", "skip"),
        ("what does it cost?", "faq", "question"),
        ("which dose should I take?", "ask_medical_advice", "question"),
        ("purple bananas", "nlu_fallback", "nothing"),
        ("start the check", "start_screening", "nothing"),
    ],
)
def test_what_kind_of_message_it_is(text: str, intent: str, kind: str) -> None:
    assert meant(text, intent).kind == kind


def test_a_correction_is_read_for_the_question_before() -> None:
    assert meant("sorry, I meant yes", "affirm") == Understood("correction", Reading("yes"))
    assert meant("I made a mistake", "nlu_fallback") == Understood("correction")


def test_a_medicine_that_is_an_answer_asks_for_no_advice() -> None:
    reading = Reading("yes", ("anticoagulant",))
    said = meant("one warfarin a day", "ask_medical_advice", WARFARIN)
    assert said == Understood("answer", reading)
