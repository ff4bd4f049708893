"""Ages, and numbers of days, in the words that people use for them."""

from typing import Any

import pytest

from actions.numbers import read_number

AGE = {"lowest": 0, "highest": 120, "unit": "a", "period_days": None}
DAYS_A_MONTH = {"lowest": 0, "highest": 31, "unit": "d", "period_days": 30}
DAYS_IN_THREE_MONTHS = {"lowest": 0, "highest": 92, "unit": "d", "period_days": 90}


@pytest.mark.parametrize(
    ("said", "age"),
    [
        ("34", 34),
        ("fifty-seven", 57),
        ("I turned sixty in May", 60),
        ("early forties", 42),
        ("in my 30s", 35),
        ("15 months", 1),
        ("I'm 50, but it is for my son, he is 9", 9),
        ("61, no sorry, 62", 62),
        ("150", None),
        ("old enough", None),
        ("I was born in a small town", None),
    ],
)
def test_ages(said: str, age: int | None) -> None:
    assert read_number(said, AGE, []) == age


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("about twelve", 12),
        ("6 to 8", 8),
        ("8. no wait 9", 9),
        ("pretty much every day", 25),
        ("daily", 30),
        ("every second day", 15),
        ("every 5 days", 6),
        ("10 out of 30", 10),
        ("four days in seven", 17),
        ("hardly ever", 1),
        ("none", 0),
        ("a few, maybe six", 6),
        ("31", 31),
        ("32", 31),
        ("300", None),
        ("too many", None),
        ("I don't know", None),
    ],
)
def test_days_a_month(said: str, days: int | None) -> None:
    assert read_number(said, DAYS_A_MONTH, []) == days


def test_a_frequency_counts_for_the_period_that_is_asked_about() -> None:
    frequency: dict[str, Any] = {"entity": "frequency", "value": 10.7, "start": 0, "end": 10}
    assert read_number("2-3 a week", DAYS_A_MONTH, [frequency]) == 11
    assert read_number("2-3 a week", DAYS_IN_THREE_MONTHS, [frequency]) == 32
    assert read_number("most days", DAYS_IN_THREE_MONTHS, []) == 60
    assert read_number("a couple", DAYS_IN_THREE_MONTHS, []) == 2
