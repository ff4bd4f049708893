"""Days as people name them."""

from datetime import datetime

import pytest
import spacy

from nlu.dates import DateFinder

LANGUAGE = spacy.blank("en")
FINDER = DateFinder(LANGUAGE)
A_WEDNESDAY = datetime(2026, 11, 25, 12)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("yesterday from 4 till bed", ["2026-11-24"]),
        ("last night", ["2026-11-24"]),
        ("this morning and today", ["2026-11-25", "2026-11-25"]),
        ("on Tuesday", ["2026-11-24"]),
        ("last friday", ["2026-11-20"]),
        ("3 days ago", ["2026-11-22"]),
        ("june 3", ["2026-06-03"]),
        ("3rd of May", ["2026-05-03"]),
        ("3 May 2025", ["2025-05-03"]),
        ("not since 2019", ["2019"]),
        ("in march 2026", ["2026-03"]),
        ("I may go", []),
        ("35 may", []),
        ("", []),
    ],
)
def test_readings(text: str, days: list[str]) -> None:
    assert [day.value for day in FINDER.find(LANGUAGE(text), A_WEDNESDAY)] == days
