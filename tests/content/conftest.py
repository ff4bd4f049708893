"""The content of data/, read once."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from channels.emergency_numbers import numbers_in

DATA = Path(__file__).resolve().parents[2] / "data"


def read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    return content


def _worded(text: str) -> str:
    """A text as it is said in the United States."""
    for name, words in numbers_in("US").items():
        text = text.replace(f"{{{name}}}", words)
    return text


TOPICS = {kind: list(topics) for kind, topics in read("topics.yml").items()}
SOURCES: dict[str, dict[str, str]] = read("sources.yml")["sources"]
RESPONSES: dict[str, list[dict[str, Any]]] = {
    name: [{**entry, "text": _worded(entry["text"])} for entry in entries]
    for name, entries in read("responses.yml")["responses"].items()
}
EXAMPLES: dict[str, list[str]] = {
    item["intent"]: [line.removeprefix("- ") for line in item["examples"].strip().split("\n")]
    for item in read("nlu.yml")["nlu"]
}


def label(topic: str) -> str:
    """The label of a topic: a question has its retrieval intent."""
    return f"faq/{topic}" if topic in TOPICS["faq"] else topic


def style(variation: dict[str, Any]) -> str:
    """Which wording a variation is: short, simple or more."""
    conditions = variation.get("condition") or []
    return conditions[0]["value"] if conditions else "short"


@pytest.fixture(scope="session")
def all_topics() -> list[str]:
    return [topic for topics in TOPICS.values() for topic in topics]
