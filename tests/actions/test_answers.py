"""What a message means while a question is pending."""

from datetime import date
from typing import Any

import pytest

from actions.answers import Reading, corrected_to, in_words, read_answer

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


def test_an_answer_in_words() -> None:
    several = question(choices=WHICH, several=True)
    assert in_words(several, Reading(("anticoagulant",))) == "A blood thinner"
    taken = Reading("yes", ("anticoagulant", "antiplatelet"))
    assert in_words(question(), taken) == "Yes; A blood thinner; Aspirin or the like"
    assert in_words(question(choices=[]), Reading(12)) == "12"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("I put no by accident", "yes"),
        ("take that yes back", "no"),
        ("wrong button, it should say yes", "yes"),
        ("I said yes but it is a no", "no"),
        ("that was wrong, I do not know", "unsure"),
        ("that was wrong", None),
        ("I meant yes, no idea why I pressed that", None),
    ],
)
def test_what_a_correction_says(text: str, meaning: str | None) -> None:
    assert corrected_to(text) == meaning
