"""How a phrase in a text is meant."""

import time

import pytest
import spacy

from nlu.mentions import FIGURE, Mentions
from nlu.phrases import PhraseFinder

LANGUAGE = spacy.blank("en")
LANGUAGE.add_pipe("sentencizer")
MENTIONS = Mentions(
    LANGUAGE,
    marks={
        "negated": {"reach": 5, "forward": ["no", "haven't"], "backward": ["none"]},
        "past": {"reach": 9, "both": ["in 19##", "years ago"]},
    },
    ends=["but"],
    not_a_cue=["no idea why"],
    figures_of_speech=["pain in the neck of"],
)
FINDER = PhraseFinder({"pain": ["pain"]}, {})


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("I have pain", set()),
        ("no pain", {"negated"}),
        ("I havent any pain", {"negated"}),
        ("pain: none", {"negated"}),
        ("pain in 1987, years ago", {"past"}),
        ("no fever, but pain", set()),
        ("no idea why I have pain", set()),
        ("no fever. Pain.", set()),
        ("no one two three four five pain", set()),
        ("he is a pain in the neck of mine", {FIGURE}),
    ],
)
def test_marks(text: str, marks: set[str]) -> None:
    assert MENTIONS.marks(text, FINDER.find(text)) == [marks]


def test_a_cue_within_a_phrase_does_not_mark_it() -> None:
    found = PhraseFinder({"x": ["no pain"]}, {}).find("there is no pain")
    assert MENTIONS.marks("there is no pain", found) == [set()]


def test_hundreds_of_cues_take_no_time() -> None:
    text = "no pain, " * 1000
    started = time.perf_counter()
    marks = MENTIONS.marks(text, FINDER.find(text))
    assert time.perf_counter() - started < 0.2
    assert set(marks) == {frozenset({"negated"})}
