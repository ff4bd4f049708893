"""Messages as the chat channel gives them out, and what it lets in."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from rasa.core.channels.channel import OutputChannel

SOURCES: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).resolve().parent.parent / "data" / "sources.yml").read_text()
)["sources"]

Message = dict[str, Any]


class CollectedMessages(OutputChannel):
    """Collects the replies of one turn as chat messages."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    @classmethod
    def name(cls) -> str:
        return "chat"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        if message.get("text") or message.get("image"):
            self.messages.append(chat_message(message))


def chat_message(response: Mapping[str, Any]) -> Message:
    """Turn a Rasa response into a chat message.

    `topic` is an id of data/topics.yml: the metadata's, else the response's own name. `urgency`
    is emergency, crisis, today, soon or None.
    """
    metadata = response.get("metadata") or {}
    return {
        "text": response.get("text") or "",
        "buttons": [
            {"title": button["title"], "payload": button["payload"]}
            for button in response.get("buttons") or []
        ],
        "image": response.get("image"),
        "topic": metadata.get("topic") or topic_of(response.get("utter_action")),
        "urgency": metadata.get("urgency"),
        "sources": [
            {"id": source, **SOURCES[source]}
            for source in metadata.get("sources") or []
            if source in SOURCES
        ],
    }


def topic_of(response_name: str | None) -> str | None:
    """ "utter_faq/cost" is about "cost"."""
    if not response_name:
        return None
    return response_name[len("utter_") :].rpartition("/")[2]


def history(events: Iterable[Mapping[str, Any]]) -> list[Message]:
    """What was said, from tracker events; `from` is "user" or "assistant"."""
    said: list[Message] = []
    for event in events:
        played_back = (event.get("parse_data") or {}).get("played_back")
        if event["event"] == "user" and event.get("text") and not played_back:
            said.append({"from": "user", "text": event["text"]})
        elif event["event"] == "bot":
            response = {**event.get("metadata", {}), **event.get("data", {}), "text": event["text"]}
            said.append({"from": "assistant", **chat_message(response)})
    return said


def offered_payloads(events: Iterable[Mapping[str, Any]]) -> set[str]:
    """The payloads of all buttons that a conversation was shown."""
    return {
        button["payload"]
        for event in events
        if event["event"] == "bot"
        for button in (event.get("data") or {}).get("buttons") or []
    }


def plain_text(text: str) -> str:
    """Make typed text safe to hand to Rasa, which obeys a leading "/" as a command.

    Characters that cannot be stored (lone surrogates) or seen (control characters) go, too.
    """
    storable = text.encode("utf-8", "ignore").decode("utf-8")
    visible = "".join(c if c.isprintable() or c.isspace() else " " for c in storable)
    return re.sub(r"^[\s/]+", "", visible).strip()
