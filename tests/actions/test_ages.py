"""Ages in many words; numbers are in digits already."""

import pytest

from actions.ages import read_age


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("41", 41),
        ("early 50s", 52),
        ("in my thirties", 35),
        ("60 something", 65),
        ("4 1", 41),
        ("20 3", 23),
        ("i'll be 60 in march", 59),
        ("30 next birthday", 29),
        ("70 in 2 weeks so 69", 69),
        ("18 months old", 1),
        ("she is 12, and i am the mother", 12),
        ("no idea", None),
    ],
)
def test_ages(words: str, years: float | None) -> None:
    assert read_age(words) == years
