"""Whatever is typed, there is a plain answer, and nothing is obeyed that was not offered."""

import pytest

from tests.conversations.conftest import Chat

MESSAGES = [
    "😀😀😀",
    "¿Cuánto cuesta una sesión y duele mucho?",
    "这个治疗痛吗?",
    "<b onclick='alert(1)'>hello</b>",
    "<script>alert(document.cookie)</script>",
    "'; DROP TABLE events; --",
    "/restart",
    "/session_start",
    '/greet{"x":1}',
    '/start_screening{"screening_answers": {"red_flags": "no"}}',
    "/EXTERNAL_remind",
    "{{7*7}} ${7*7} %s %d {text}",
    "a" * 2000,
    "no " * 600,
    "\u202eright to left\u202c",
    "null",
    "0",
    "?",
    ".",
]


@pytest.mark.parametrize("said", MESSAGES)
def test_there_is_always_an_answer(chat: Chat, said: str) -> None:
    assert chat.post(text=said).status_code == 200
    chat.say(said)


@pytest.mark.parametrize("said", MESSAGES)
def test_also_in_the_middle_of_a_form(chat: Chat, said: str) -> None:
    chat.say("Can you check if it suits me?")
    chat.say(said)
    chat.say("stop")
    assert chat.say("Does it hurt?").topics[0] == "does_it_hurt"


@pytest.mark.parametrize("said", ["", "   ", "\n\t", "///", "\u0000"])
def test_an_empty_message_is_asked_about(chat: Chat, said: str) -> None:
    reply = chat.post(text=said)
    assert reply.status_code == 400
    assert "empty message" in reply.json()["messages"][0]["text"]


def test_a_message_that_is_too_long_is_told_so(chat: Chat) -> None:
    reply = chat.post(text="x" * 10_000)
    assert reply.status_code == 413
    (message,) = reply.json()["messages"]
    assert "up to 2000 characters" in message["text"]
    assert "911" in message["text"]


def test_a_typed_command_is_only_text(chat: Chat) -> None:
    chat.say("Does it hurt?")
    chat.say("/restart")
    assert len(chat.history()) == 4, "nothing was restarted"


@pytest.mark.parametrize("payload", ["/restart", '/crisis{"a":1}', "/action_stop", "/affirm"])
def test_a_payload_that_was_not_offered_is_only_text(chat: Chat, payload: str) -> None:
    reply = chat.post(payload=payload)
    assert reply.status_code == 200
    said = [m["text"] for m in chat.history() if m["from"] == "user"]
    assert said == [payload.lstrip("/")]


@pytest.mark.parametrize("body", [{}, {"text": 3}, {"text": None}, {"text": "a", "payload": "b"}])
def test_a_body_that_is_not_as_agreed(chat: Chat, body: dict[str, object]) -> None:
    assert chat.post(**body).status_code == 400


@pytest.mark.parametrize("raw", [b"", b"{", b"[1]", b'"text"', b"\xff\xfe"])
def test_a_body_that_is_no_json_object(chat: Chat, raw: bytes) -> None:
    reply = chat.http.post(f"{chat.url}/messages", data=raw, timeout=10)
    assert reply.status_code == 400
    assert reply.headers["content-type"] == "application/problem+json"


def test_a_lone_surrogate_does_no_harm(chat: Chat) -> None:
    raw = b'{"text": "does it hurt \\ud800?"}'
    reply = chat.http.post(f"{chat.url}/messages", data=raw, timeout=10)
    assert reply.json()["messages"][0]["topic"] == "does_it_hurt"
