"""What ends an alarm, and what does not."""

import pytest
import spacy
import yaml

from nlu.alarm import AlarmWords
from nlu.mentions import Mentions
from tests.content.conftest import DATA

LANGUAGE = spacy.blank("en")
LANGUAGE.add_pipe("sentencizer")
WORDS = AlarmWords(
    yaml.safe_load((DATA / "alarm_words.yml").read_text()),
    Mentions(LANGUAGE, **yaml.safe_load((DATA / "mention_cues.yml").read_text())),
)


@pytest.mark.parametrize(
    "text",
    [
        "I am getting help",
        "the ambulance is on its way",
        "I've called 911",
        "we're at the ER now",
        "on the phone with the crisis line",
        "Nobody is in danger now",
        "it's not happening now",
        "that was years ago",
        "I was only quoting your article, false alarm",
    ],
)
def test_an_explicit_answer_ends_it(text: str) -> None:
    assert WORDS.end_it(text, "emergency", danger_again=False)


@pytest.mark.parametrize(
    "text",
    [
        "it's probably nothing",
        "I'm fine, really",
        "my husband says I'm overreacting",
        "it is a bit better now",
        "I have not called 911",
        "should I go to the hospital?",
        "is the ambulance coming?",
        "ok thanks",
        "I'm safe",
    ],
)
def test_nothing_else_does(text: str) -> None:
    assert not WORDS.end_it(text, "emergency", danger_again=False)


def test_who_was_in_a_crisis_can_say_that_they_are_safe() -> None:
    assert WORDS.end_it("I am safe now", "crisis", danger_again=False)
    assert not WORDS.end_it("I am not safe", "crisis", danger_again=False)
    assert not WORDS.end_it("I am safe now", "crisis", danger_again=True)


def test_help_that_is_there_counts_even_if_the_danger_is_told_again() -> None:
    assert WORDS.end_it("ambulance is here, my arm is still numb", "emergency", danger_again=True)
    assert not WORDS.end_it("that was years ago", "emergency", danger_again=True)


def test_the_answer_to_whether_it_is_happening_now() -> None:
    assert WORDS.says_it_is_now("Yes, it is happening now")
    assert not WORDS.says_it_is_now("No, it is not happening now")
    assert WORDS.says_it_is_not("No, it is not happening now")
