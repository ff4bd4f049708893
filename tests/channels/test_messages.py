"""What goes out of the chat channel, and what is let in."""

import asyncio
from typing import Any

import pytest

from channels.messages import (
    CollectedMessages,
    chat_message,
    history,
    offered_payloads,
    plain_text,
    topic_of,
)

RESPONSE = {
    "text": "The article says ...",
    "buttons": [{"title": "Is it safe?", "payload": "Is it safe?"}],
    "utter_action": "utter_faq/cost",
    "metadata": {"sources": ["article", "no_such_source"], "urgency": None},
}
BOT_EVENT = {
    "event": "bot",
    "text": RESPONSE["text"],
    "data": {"buttons": RESPONSE["buttons"], "image": None},
    "metadata": {"utter_action": "utter_faq/cost", "metadata": RESPONSE["metadata"]},
}


def test_a_message_has_all_that_the_contract_names() -> None:
    message = chat_message(RESPONSE)
    assert set(message) == {"text", "buttons", "image", "topic", "urgency", "sources"}
    assert message["topic"] == "cost"
    assert message["sources"][0]["id"] == "article"
    assert "medicalhealthzone" in message["sources"][0]["cite"]
    assert len(message["sources"]) == 1


def test_a_topic_in_the_metadata_wins() -> None:
    response = {"text": "?", "utter_action": "utter_screening_why", "metadata": {"topic": "x"}}
    assert chat_message(response)["topic"] == "x"


@pytest.mark.parametrize(
    ("name", "topic"), [("utter_faq/cost", "cost"), ("utter_crisis", "crisis"), (None, None)]
)
def test_topics_from_names(name: str | None, topic: str | None) -> None:
    assert topic_of(name) == topic


def test_replies_are_collected_in_order_and_whole() -> None:
    async def two_replies() -> CollectedMessages:
        channel = CollectedMessages()
        await channel.send_response("id", {"text": "one\n\ntwo"})
        await channel.send_response("id", {"text": "three"})
        await channel.send_response("id", {})
        return channel

    messages = asyncio.run(two_replies()).messages
    assert [m["text"] for m in messages] == ["one\n\ntwo", "three"]


def test_the_history_shows_both_sides() -> None:
    events: list[dict[str, Any]] = [
        {"event": "action", "name": "action_listen"},
        {"event": "user", "text": "how much?"},
        BOT_EVENT,
        {"event": "user", "text": None},
        {"event": "user", "text": "a part of it", "parse_data": {"played_back": True}},
    ]
    said = history(events)
    assert [(m["from"], m["text"]) for m in said] == [
        ("user", "how much?"),
        ("assistant", "The article says ..."),
    ]
    assert said[1]["topic"] == "cost"


def test_only_shown_buttons_count_as_offered() -> None:
    events: list[dict[str, Any]] = [
        BOT_EVENT,
        {"event": "user", "text": "/restart"},
        {**BOT_EVENT, "data": {}},
    ]
    assert offered_payloads(events) == {"Is it safe?"}


@pytest.mark.parametrize(
    ("typed", "handed_on"),
    [
        ("/restart", "restart"),
        ('/greet{"x":1}', 'greet{"x":1}'),
        ("  //EXTERNAL_remind ", "EXTERNAL_remind"),
        ("/ /restart", "restart"),
        ("and/or", "and/or"),
        ("one\ntwo", "one\ntwo"),
        ("a\x00b\x07c", "a b c"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        (" \n\t ", ""),
        ("///", ""),
    ],
)
def test_typed_text_is_never_a_command(typed: str, handed_on: str) -> None:
    assert plain_text(typed) == handed_on
