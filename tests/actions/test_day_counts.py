"""Days in a month in many words; numbers are in digits already."""

import pytest

from actions.day_counts import read_days, weekdays_in

MONTH = 30


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("24/7", 30),
        ("every 3rd day", 10),
        ("a 3rd of the month", 10),
        ("2 thirds", 20),
        ("all but 5", 25),
        ("every day except friday", 30 - 30 / 7),
        ("8 clear days, no more", 22),
        ("45 days in the last 3 months", 15),
        ("a week out of every month", 7),
        ("3 with aura and 4 without, 7 altogether", 7),
        ("most weeks 2", 60 / 7),
        ("1 a fortnight", 30 / 14),
        ("2x a week", 60 / 7),
        ("5 plus 3", 8),
        ("6/30", 6),
        ("every blessed day", 30),
        ("5 to 7", 7),
        ("mon to fri", 5 * 30 / 7),
        ("purple", None),
    ],
)
def test_days_in_a_month(words: str, days: float | None) -> None:
    found = read_days(words, MONTH, [])
    assert found == (days if days is None else pytest.approx(days))


def test_a_frequency_counts_where_no_pattern_does() -> None:
    assert read_days("3 out of 7", MONTH, []) == pytest.approx(3 * 30 / 7)
    assert read_days("3 or so", MONTH, [12.9]) == pytest.approx(12.9)
    assert read_days("weekend and so on", 90, [4.0]) == pytest.approx(12)


def test_named_weekdays() -> None:
    assert weekdays_in("tuesdays and thursdays") == 2
    assert weekdays_in("from friday to sunday") == 3
    assert weekdays_in("sat, sat and again sat") == 1
    assert weekdays_in("monthly") == 0
