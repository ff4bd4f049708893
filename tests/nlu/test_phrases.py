"""Phrases with gaps: what fits, what does not, and that no text makes it slow."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.phrases import Found, PhraseError, PhraseFinder

LISTS = {"limb": ["arm", "left leg"], "cannot": ["can't", "unable to"]}


def found(phrase: str, text: str) -> bool:
    return bool(PhraseFinder({"x": [phrase]}, LISTS).find(text))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("stiff neck", "A STIFF NECK!"),
        ("{cannot} lift .. {limb}", "I can’t lift up my left leg"),
        ("{cannot} lift .. {limb}", "i cant lift my arm"),
        ("numb*", "numbness"),
        ("temp of 3#", "temp of 39 today"),
        ("worst|terrible headache", "a terrible headache"),
        ("(all of us|everyone) .. headache", "all of us have a headache"),
        ("take my [own] life", "take my life"),
        ("take my [own] life", "take my own life"),
        ("a ... z", "a 1 2 3 4 5 6 7 8 9 z"),
    ],
)
def test_what_fits(phrase: str, text: str) -> None:
    assert found(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("stiff neck", "stiff. Neck"),
        ("stiff neck", "stiff necks"),
        ("a .. z", "a 1 2 3 4 5 z"),
        ("a ... z", "a 1 2 3 4 5 6 7 8 9 10 z"),
        ("{cannot} lift .. {limb}", "my arm can't lift"),
        ("numb*", "a benumbing"),
    ],
)
def test_what_does_not(phrase: str, text: str) -> None:
    assert not found(phrase, text)


def test_it_says_where() -> None:
    text = "Since noon my arm is numb."
    assert PhraseFinder({"weak_arm": ["{limb} .. numb"]}, LISTS).find(text) == [
        Found("weak_arm", text.index("arm"), text.index("."))
    ]


@pytest.mark.parametrize("phrase", ["", ".. x", "x ..", "{unknown} x"])
def test_a_phrase_that_cannot_be_read_is_named(phrase: str) -> None:
    with pytest.raises(PhraseError, match=r"empty|unknown"):
        PhraseFinder({"x": [phrase]}, LISTS)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_text_is_fine(text: str) -> None:
    PhraseFinder({"x": ["{limb} ... numb|weak", "{cannot} lift .. {limb}"]}, LISTS).find(text)


def test_a_long_text_of_nothing_but_cues_is_quick() -> None:
    finder = PhraseFinder({"x": ["{limb} ... {cannot} ... {limb} ... never"]}, LISTS)
    text = "arm can't left leg unable to " * 350
    started = time.perf_counter()
    finder.find(text)
    assert time.perf_counter() - started < 0.5
