"""Rules and statistics, weighed: what a message is while a question is pending."""

from typing import Any

import pytest

from actions.answers import Reading, read_answer
from actions.meaning import Understood, understand
from tests.actions.test_answers import WARFARIN, WHICH, question


def meant(
    text: str,
    intent: str,
    *entities: dict[str, Any],
    asked: dict[str, Any] | None = None,
    named: dict[str, float] | None = None,
    **kinds: float,
) -> Understood:
    """`kinds` and `named`: what the statistics say."""
    message = {
        "text": text,
        "intent": {"name": intent},
        "entities": list(entities),
        "answer": {"kinds": kinds, "named": named or {}} if kinds else None,
    }
    before = question(id="skin", details=[], details_id=None)
    return understand(asked or question(), before, message)


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


def test_statistics_read_what_no_rule_does() -> None:
    text = "they have me on the rat poison pill"
    assert meant(text, "nlu_fallback").kind == "nothing"
    told = meant(text, "nlu_fallback", named={"anticoagulant": 0.8}, yes=0.9, no=0.1)
    assert told == Understood("answer", Reading("yes", ("anticoagulant",)))
    several = question(id="blood_which", choices=WHICH, several=True, details=[], details_id=None)
    listed = meant(text, "faq", asked=several, named={"anticoagulant": 0.8}, list=1.0)
    assert listed == Understood("answer", Reading(("anticoagulant",)))


def test_statistics_outvote_words_that_only_sound_like_an_answer() -> None:
    text = "no doubt about it, my legs are black and blue"
    assert read_answer(question(), text, []) == Reading("no")
    assert meant(text, "nlu_fallback", yes=0.95, no=0.05) == Understood("answer", Reading("yes"))


def test_a_plain_word_outvotes_statistics() -> None:
    assert meant("no", "deny", yes=0.9, no=0.1) == Understood("answer", Reading("no"))


def test_a_no_takes_more_than_a_yes() -> None:
    text = "hale and hearty, me"
    assert meant(text, "nlu_fallback", no=0.7, yes=0.1, nothing=0.2) == Understood("nothing")
    assert meant(text, "nlu_fallback", no=0.95, yes=0.05) == Understood("answer", Reading("no"))
    assert meant(text, "nlu_fallback", yes=0.9, nothing=0.1).kind == "answer"


def test_a_correction_says_what_it_should_be() -> None:
    told = meant("I pressed no by accident", "deny", correct_yes=0.9, no=0.1)
    assert told == Understood("correction", Reading("yes"))
    told = meant("strike my last, it was the old list", "nlu_fallback", correct_no=0.9, no=0.1)
    assert told == Understood("correction", Reading("no"))


def test_a_groan_does_not_stop_the_questions() -> None:
    assert meant("ugh", "stop", nothing=0.9, stop=0.01).kind == "nothing"
    assert meant("that will do, bye", "stop", nothing=0.1, stop=0.9).kind == "leave"
