"""The terminal conversation: what is shown, and what a number means."""

from typing import Any

import pytest

from scripts.chat import Conversation, shown

MESSAGES = [
    {"text": "First line\nsecond line", "buttons": [{"title": "Is it safe?", "payload": "safe?"}]},
    {"text": "word " * 40, "buttons": [{"title": "Yes", "payload": "Yes"}]},
]


class Reply:
    def __init__(self, body: dict[str, Any]) -> None:
        self.body = body

    def json(self) -> dict[str, Any]:
        return self.body


@pytest.fixture
def conversation(monkeypatch: pytest.MonkeyPatch) -> tuple[Conversation, list[dict[str, str]]]:
    sent: list[dict[str, str]] = []

    def post(self: Any, url: str, json: "dict[str, str] | None" = None, **_: Any) -> Reply:
        if json is None:
            return Reply({"token": "t"})
        sent.append(json)
        return Reply({"messages": MESSAGES})

    monkeypatch.setattr("requests.Session.post", post)
    return Conversation("http://127.0.0.1:1"), sent


def test_buttons_are_numbered_through() -> None:
    text = shown(MESSAGES)
    assert "  [1] Is it safe?" in text
    assert "  [2] Yes" in text
    assert max(len(line) for line in text.splitlines()) <= 88


def test_a_number_picks_a_button(
    conversation: tuple[Conversation, list[dict[str, str]]],
) -> None:
    chat, sent = conversation
    for said in ("1", "hello", "2", "3", "0", "34"):
        chat.say(said)
    assert sent == [
        {"text": "1"},
        {"text": "hello"},
        {"payload": "Yes"},
        {"text": "3"},
        {"text": "0"},
        {"text": "34"},
    ]
