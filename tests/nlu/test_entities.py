"""What spaCy finds in a message, each in one form, denied and past mentions marked."""

from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.entities import ReviewedEntities

EXTRACTOR = ReviewedEntities.create(
    {},
    None,
    Resource("entities"),
    ExecutionContext(GraphSchema({})),
)


def entities(text: str, entity: str) -> list[dict[str, Any]]:
    message = EXTRACTOR.process([Message(data={TEXT: text})])[0]
    for e in message.get(ENTITIES):
        assert text[e["start"] : e["end"]], "an entity covers a part of the text"
    return [e for e in message.get(ENTITIES) if e["entity"] == entity]


def found(text: str, entity: str) -> list[Any]:
    return [e["value"] for e in entities(text, entity)]


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


@pytest.mark.parametrize(
    ("text", "medicine", "group"),
    [
        ("I take Eliquis for afib", "apixaban", "anticoagulant"),
        ("just a baby aspirin", "aspirin", "antiplatelet"),
        ("IMITREX helps", "sumatriptan", "triptan"),
        ("on blood thinners", "blood thinner", "anticoagulant"),
        ("botox every 12 weeks", "onabotulinumtoxinA", "botulinum toxin"),
    ],
)
def test_medicines_by_their_name_and_class(text: str, medicine: str, group: str) -> None:
    (entity,) = entities(text, "medicine")
    assert (entity["value"], entity["group"]) == (medicine, group)
    assert "marks" not in entity


@pytest.mark.parametrize(
    ("text", "condition", "marks"),
    [
        ("I have a pacemaker", "device", None),
        ("I don't have a pacemaker", "device", ["negated"]),
        ("no fever, no rash", "fever or feeling ill", ["negated"]),
        ("history of stroke", "stroke or artery", ["past"]),
        ("my mother had a stroke", "stroke or artery", ["someone_else"]),
        ("no epilepsy but I am pregnant", "epilepsy", ["negated"]),
        ("no epilepsy but I am pregnant", "pregnancy", None),
    ],
)
def test_conditions_that_are_denied_past_or_somebody_elses(
    text: str, condition: str, marks: list[str] | None
) -> None:
    (entity,) = [e for e in entities(text, "condition") if e["value"] == condition]
    assert entity.get("marks") == marks


@pytest.mark.parametrize(
    ("text", "entity", "values"),
    [
        ("it lasts 2-3 hours", "duration", ["PT3H"]),
        ("2 to 3 a week", "frequency", [10.7]),
        ("about half the month", "frequency", [15.0]),
        ("I'm 34 and had three sessions", "age", [34.0]),
        ("I'm 34 and had three sessions", "count", [3.0]),
        ("I'm 20 weeks along", "age", []),
        ("not since 2019", "date", ["2019"]),
        ("nothing of the kind", "date", []),
    ],
)
def test_quantities_and_dates(text: str, entity: str, values: list[Any]) -> None:
    assert found(text, entity) == values
