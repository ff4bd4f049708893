"""Where a message may be cut to look at its parts."""

import pytest

from nlu.sentences import MOST, sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("How much is it? My arm is numb.", ["How much is it?", "My arm is numb."]),
        ("how much is it, also my arm is numb", ["how much is it", "also my arm is numb"]),
        ("log it\nmy arm is numb", ["log it", "my arm is numb"]),
        ("What is it - my arm is numb", ["What is it", "my arm is numb"]),
        ("a temperature of 38.5 since 3.30", ["a temperature of 38.5 since 3.30"]),
        ("", []),
        ("ok.", ["ok."]),
    ],
)
def test_parts(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_nothing_is_lost_of_a_long_letter() -> None:
    parts = sentences("This is a sentence. " * 100 + "My arm is numb.")
    assert len(parts) == MOST
    assert parts[-1].endswith("My arm is numb.")
