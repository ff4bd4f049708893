"""Where a message may be two."""

import pytest

from nlu.clauses import MOST_SPLITS, splits


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("how long and how much?", [("how long", "how much?")]),
        ("What is it? Does it hurt?", [("What is it?", "Does it hurt?")]),
        ("is it safe - is it dear", [("is it safe", "is it dear")]),
        ("risks, also the price", [("risks", "the price")]),
        ("does it hurt", []),
        ("sand", []),
        ("", []),
        ("a and b", []),
    ],
)
def test_candidates(text: str, parts: list[tuple[str, str]]) -> None:
    assert splits(text)[: len(parts) or 1] == parts


def test_ends_of_sentences_come_first_and_there_are_not_too_many() -> None:
    found = splits("one, two, three and four. five, six? seven and eight, nine, ten")
    assert found[0] == ("one, two, three and four.", "five, six? seven and eight, nine, ten")
    assert len(found) == MOST_SPLITS
