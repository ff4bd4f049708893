"""What people say when they are asked yes or no, or a number."""

import pytest

from actions.reading import ANSWER_WORDS, read_choice

YES_NO_UNSURE = [
    {"code": "yes", "title": "Yes"},
    {"code": "no", "title": "No"},
    {"code": "unsure", "title": "Not sure"},
]
AGE = [
    {"code": "under_12", "title": "Under 12", "from": 0, "to": 11},
    {"code": "from_12_to_17", "title": "12 to 17", "from": 12, "to": 17},
    {"code": "adult", "title": "18 or older", "from": 18, "to": 120},
]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Yes", "yes"),
        ("yep!", "yes"),
        ("I take Xarelto since my clot", "yes"),
        ("unfortunately yes", "yes"),
        ("Sorry, so the answer is yes", "yes"),
        ("no", "no"),
        ("Nope.", "no"),
        ("No, nothing of the kind", "no"),
        ("well, none of these", "no"),
        ("I don’t have any", "no"),
        ("never had one", "no"),
        ("Not sure", "unsure"),
        ("no idea", "unsure"),
        ("maybe a bit", "unsure"),
        ("only a little aspirin, does that count?", "unsure"),
        ("I honestly don't know", "unsure"),
    ],
)
def test_yes_no_and_unsure(said: str, meant: str) -> None:
    assert read_choice(said, YES_NO_UNSURE) == meant


@pytest.mark.parametrize(
    "said", ["", "   ", "😀", "never mind", "ok", "does it hurt?", "what is lymphedema", "purple"]
)
def test_what_is_no_answer_is_not_taken_for_one(said: str) -> None:
    assert read_choice(said, YES_NO_UNSURE) is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("18 or older", "adult"),
        ("34", "adult"),
        ("she is 9", "under_12"),
        ("15 next week", "from_12_to_17"),
        ("17-18", "adult"),
        ("150", None),
        ("yes", None),
        ("born in 1980, on the 5th of the 3rd", None),
    ],
)
def test_numbers_fall_into_ranges(said: str, meant: str | None) -> None:
    assert read_choice(said, AGE) == meant


def test_the_word_lists_do_not_contradict_each_other() -> None:
    for kind in ("whole", "start", "anywhere"):
        yes, no, unsure = (set(ANSWER_WORDS[m][kind]) for m in ("yes", "no", "unsure"))
        assert not yes & no
        assert not yes & unsure
        assert not no & unsure
