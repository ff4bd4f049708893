"""Quantities in one unit each."""

import pytest
import spacy

from nlu.quantities import QuantityFinder

LANGUAGE = spacy.blank("en")
FINDER = QuantityFinder(LANGUAGE)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("lasts 30 minutes", "duration", "PT30M"),
        ("an hour", "duration", "PT1H"),
        ("half an hour", "duration", "PT0.5H"),
        ("a couple of weeks", "duration", "P2W"),
        ("1.5 hours", "duration", "PT1.5H"),
        ("every day", "frequency", 30.0),
        ("daily", "frequency", 30.0),
        ("once a week", "frequency", 4.3),
        ("2x a week", "frequency", 8.6),
        ("15 days a month", "frequency", 15.0),
        ("20 days out of the month", "frequency", 20.0),
        ("two or three times a month", "frequency", 2.5),
        ("4 headaches per week", "frequency", 17.1),
        ("six sessions", "count", 6.0),
        ("my 14 year old", "age", 14.0),
        ("a 14-year-old", "age", 14.0),
        ("aged 62", "age", 62.0),
        ("I am 71", "age", 71.0),
    ],
)
def test_readings(text: str, kind: str, value: str | float) -> None:
    assert [(q.kind, q.value) for q in FINDER.find(LANGUAGE(text))] == [(kind, value)]


@pytest.mark.parametrize("text", ["", "it is 50 mg", "room 12", "a lot", "60614", "😀"])
def test_other_numbers_are_left_alone(text: str) -> None:
    assert FINDER.find(LANGUAGE(text)) == []
