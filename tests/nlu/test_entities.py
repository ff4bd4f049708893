"""What spaCy finds in a message: places, and which wording of an answer is wanted."""

import pytest
import yaml
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.entities import WORD_LISTS, ReviewedEntities

EXTRACTOR = ReviewedEntities(yaml.safe_load(WORD_LISTS.read_text()))


def found(text: str, entity: str) -> list[str]:
    message = EXTRACTOR.process([Message(data={TEXT: text})])[0]
    for e in message.get(ENTITIES):
        assert text[e["start"] : e["end"]], "an entity covers a part of the text"
    return [e["value"] for e in message.get(ENTITIES) if e["entity"] == entity]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("find a therapist near 60614", "60614"),
        ("I'm at 60614-1234.", "60614-1234"),
        ("someone in Austin, TX please", "Austin, TX"),
        ("portland, me", "portland, ME"),
        ("Portland Maine", "Portland, ME"),
        ("is there anybody in Salt Lake City, Utah?", "Salt Lake City, UT"),
        ("We live in New York, NY", "New York, NY"),
        ("near Winston-Salem, North Carolina", "Winston-Salem, NC"),
        ("who does this in Boston MA", "Boston, MA"),
    ],
)
def test_places(text: str, place: str) -> None:
    assert found(text, "place") == [place]


@pytest.mark.parametrize(
    "text",
    [
        "Hello, in my country this is unknown",
        "is it safe or not",
        "tell me, ok?",
        "IS IT SAFE OR NOT",
        "my number is 123456",
        "I took 1234 steps",
        "that is fine, or is it",
        "",
        "😀",
    ],
)
def test_words_and_numbers_that_are_no_places(text: str) -> None:
    assert found(text, "place") == []


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("simpler please", "simple"),
        ("say it in plain English", "simple"),
        ("explain like I'm five", "simple"),
        ("tell me more", "more"),
        ("can I have the DETAILS", "more"),
        ("more, but in simple words", "simple"),
    ],
)
def test_answer_styles(text: str, style: str) -> None:
    assert found(text, "answer_style") == [style]


def test_saying_it_again_names_no_style() -> None:
    assert found("say that again", "answer_style") == []
