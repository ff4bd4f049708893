"""A conversation belongs to one person, who can have it erased; logs know nothing of it."""

from pathlib import Path

import requests

from scripts.settings import LOGS, Settings
from tests.conversations.conftest import Chat

PRIVATE = "Zebrafinch"


def test_without_a_token_nothing_is_read_or_written(chat: Chat) -> None:
    chat.say("Does it hurt?")
    for token in ("", "Bearer ", "Bearer x.y.z", f"Bearer {chat.id}", f"Basic {chat.id}"):
        headers = {"Authorization": token}
        for method in ("GET", "POST"):
            reply = requests.request(
                method, f"{chat.url}/messages", json={"text": "hi"}, headers=headers, timeout=10
            )
            assert reply.status_code == 401
            assert reply.headers["content-type"] == "application/problem+json"


def test_a_conversation_is_not_seen_by_another(stack: str) -> None:
    one, other = Chat(stack), Chat(stack)
    one.say("What if I take a blood thinner?")
    assert other.history() == []
    assert one.id != other.id


def test_other_ways_into_rasa_are_shut(stack: str) -> None:
    root = stack.removesuffix("/webhooks/chat")
    for path in (
        "/webhooks/rest/webhook",
        "/webhooks/socketio/webhook",
        "/conversations/default/tracker",
        "/model",
        "/model/parse",
        "/domain",
    ):
        for method in ("GET", "POST"):
            reply = requests.request(method, root + path, json={"text": "hi"}, timeout=10)
            assert reply.status_code in (404, 405), path


def on_disk(database: Path) -> bytes:
    """The database with all that SQLite keeps beside it."""
    return b"".join(f.read_bytes() for f in database.parent.glob(f"{database.name}*"))


def test_data_are_erased_on_request(chat: Chat, settings: Settings) -> None:
    chat.say(f"Find someone near {PRIVATE}")
    assert PRIVATE.encode() in on_disk(settings.conversations)
    assert "cannot be undone" in chat.say("please delete my data").text
    assert "has been erased" in chat.tap("Yes, delete it").text
    assert chat.history() == []
    assert PRIVATE.encode() not in on_disk(settings.conversations)
    assert chat.say("hello").topics == ["greet"], "one can start again"


def test_nothing_is_erased_without_a_yes(chat: Chat) -> None:
    chat.say("Does it hurt?")
    chat.say("delete everything you have on me")
    assert "nothing was deleted" in chat.say("no").text
    assert len(chat.history()) == 6


def test_the_history_has_both_sides_and_no_commands(chat: Chat) -> None:
    chat.say("Is it safe?")
    chat.say("yes")
    said = [(m["from"], m["text"][:12]) for m in chat.history()]
    assert said[0] == ("user", "Is it safe?")
    assert ("user", "yes") in said
    assert not any(text.startswith("/") for who, text in said if who == "user")


def test_no_log_holds_what_was_said(chat: Chat) -> None:
    for said in (
        f"my name is {PRIVATE} and my zip is 60614",
        f'/{PRIVATE}{{"broken": ',
        f"/greet{{{PRIVATE}",
        f"find someone near {PRIVATE}",
        f"{PRIVATE} " * 100,
    ):
        chat.say(said)
    logs = {log.name: log.read_text(errors="replace") for log in LOGS.glob("*.log")}
    assert "rasa.log" in logs
    for name in ("rasa.log", "actions.log", "services.log"):
        assert PRIVATE.lower() not in logs[name].lower(), name
        assert chat.id not in logs[name], name
        assert "60614" not in logs[name], name
