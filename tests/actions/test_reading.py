"""What people say when they are asked yes or no."""

import pytest

from actions.reading import ANSWER_WORDS, read_yes_or_no


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
    assert read_yes_or_no(said) == meant


@pytest.mark.parametrize(
    "said", ["", "   ", "😀", "never mind", "ok", "does it hurt?", "what is lymphedema", "purple"]
)
def test_what_is_no_answer_is_not_taken_for_one(said: str) -> None:
    assert read_yes_or_no(said) is None


def test_the_word_lists_do_not_contradict_each_other() -> None:
    for kind in ("whole", "start", "anywhere"):
        yes, no, unsure = (set(ANSWER_WORDS[m][kind]) for m in ("yes", "no", "unsure"))
        assert not yes & no
        assert not yes & unsure
        assert not no & unsure
