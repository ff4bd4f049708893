"""The chat channel: the only web entrance.

    POST /webhooks/chat/session    start a conversation
    POST /webhooks/chat/messages   say something, get the replies
    GET  /webhooks/chat/messages   what was said so far
    GET  /webhooks/chat/health     is the assistant ready?
    GET  /webhooks/chat/cards/...  a page that a person had kept (see channels/cards.py)
    GET  /webhooks/chat/           a plain page to chat on

Errors are problem documents (RFC 9457); where a person would see them, they also carry `messages`.
"""

import asyncio
import hashlib
import html
import logging
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from string import Template
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.cards import CardUnavailable, fetch_card
from channels.graph_runner import OrderedGraphRunner
from channels.log import protect_logs
from channels.messages import (
    CollectedMessages,
    Message,
    chat_message,
    history,
    offered_payloads,
    plain_text,
)
from channels.tokens import Tokens
from nlu.dangers import DANGERS

logger = logging.getLogger(__name__)

LONGEST_MESSAGE = 2000
TURN_SECONDS = 20.0
PAGE = Path(__file__).parent / "page"
PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
# Said when not even the responses can be reached.
LAST_WORDS = (
    "Something went wrong on my side. Please try again in a moment. If this is about an emergency, "
    "call your local emergency number now (911 in the US)."
)
# Topics whose replies are logged, without a word of what was said: alarms, doubts, ends of alarms.
SAFETY_EVENTS = DANGERS | {"check_danger", "check_crisis", "alarm_over"}
PHONE_NUMBER = re.compile(r"(call or text |text )?(\d[\d ]*\d)")

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class ChatInput(InputChannel):
    """See the module. `secret` in credentials.yml signs the tokens."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    @classmethod
    def name(cls) -> str:
        return "chat"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "ChatInput":
        if not credentials or "secret" not in credentials:
            raise ValueError("credentials.yml: the chat channel needs a secret.")
        protect_logs()
        return cls(Tokens(credentials["secret"]))

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        routes = Blueprint("chat")

        @routes.listener("after_server_start")
        async def use_ordered_graph_runner(app: Sanic, _: Any) -> None:
            # Rasa has no setting for it.
            processor = app.ctx.agent and app.ctx.agent.processor
            if processor:
                processor.graph_runner = OrderedGraphRunner.of(processor.graph_runner)

        @routes.get("/")
        async def page(request: Request) -> HTTPResponse:
            agent = _agent(request)
            if agent is None:
                return _problem(503, "not-ready", "The assistant is still starting.")
            numbers = {
                name: PHONE_NUMBER.sub(_call_link, html.escape(words))
                for name, words in agent.processor.nlg.numbers.items()
            }
            words = Template((PAGE / "index.html").read_text(encoding="utf-8"))
            return response.html(words.substitute(numbers), headers=PAGE_HEADERS)

        routes.static("/page.css", str(PAGE / "page.css"), name="css")
        routes.static("/page.js", str(PAGE / "page.js"), name="js")

        @routes.get("/health")
        async def health(request: Request) -> HTTPResponse:
            if _agent(request) is None:
                return _problem(503, "not-ready", "The assistant is still starting.")
            return response.json({"status": "ok"})

        @routes.post("/session")
        async def start(_: Request) -> HTTPResponse:
            session = self._tokens.issue()
            return response.json(
                {
                    "token": session.token,
                    "conversation_id": session.conversation_id,
                    "expires_at": session.expires_at.isoformat(),
                },
                status=201,
            )

        @routes.get("/messages")
        async def read(request: Request) -> HTTPResponse:
            conversation_id = self._conversation(request)
            if conversation_id is None:
                return _unauthorized()
            events = await _events(request, conversation_id)
            return response.json({"messages": history(events)})

        @routes.get("/cards/<record_id:str>/<form:str>")
        async def card(_: Request, record_id: str, form: str) -> HTTPResponse:
            try:
                kept = await fetch_card(record_id, form)
            except CardUnavailable:
                return _problem(503, "card-unavailable", "The page cannot be reached right now.")
            if kept is None:
                return _problem(404, "no-such-card", "There is no such page, or it is gone.")
            return response.raw(kept.content, headers=kept.headers)

        @routes.post("/messages")
        async def say(request: Request) -> HTTPResponse:
            conversation_id = self._conversation(request)
            if conversation_id is None:
                return _unauthorized()
            said = _said(request)
            if said is None:
                return _problem(
                    400, "invalid-message", 'Send {"text": "..."} or {"payload": "..."} as JSON.'
                )
            kind, text = said
            if len(text) > LONGEST_MESSAGE:
                reply = _reply(request, "utter_message_too_long", limit=LONGEST_MESSAGE)
                return _problem(413, "message-too-long", reply["text"], messages=[reply])
            # Without a leading "/" a payload is only text, offered or not.
            is_command = kind == "payload" and text.startswith("/")
            if not is_command or text not in offered_payloads(
                await _events(request, conversation_id)
            ):
                text = plain_text(text)
            if not text:
                reply = _reply(request, "utter_message_empty")
                return _problem(400, "message-empty", reply["text"], messages=[reply])
            messages = await _turn(on_new_message, text, conversation_id)
            return response.json(
                {"messages": messages or [_reply(request, "utter_technical_problem")]}
            )

        return routes

    def _conversation(self, request: Request) -> str | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return self._tokens.conversation_of(token.strip()) if scheme == "Bearer" else None


async def _turn(on_new_message: OnNewMessage, text: str, conversation_id: str) -> list[Message]:
    """Hand a message to Rasa and collect the replies; a failure leaves what was said before it."""
    replies = CollectedMessages()
    message = UserMessage(text, replies, conversation_id, input_channel=ChatInput.name())
    try:
        # A turn that is too slow for the person is still finished, so that none is half done.
        await asyncio.wait_for(asyncio.shield(on_new_message(message)), TURN_SECONDS)
    except Exception as error:
        logger.error("A turn failed: %s (%s)", type(error).__name__, _pseudonym(conversation_id))
    for reply in replies.messages:
        if reply["topic"] in SAFETY_EVENTS:
            logger.warning("Safety: %s (%s)", reply["topic"], _pseudonym(conversation_id))
    return list(replies.messages)


def _pseudonym(conversation_id: str) -> str:
    return f"conversation {hashlib.sha256(conversation_id.encode()).hexdigest()[:12]}"


def _said(request: Request) -> tuple[str, str] | None:
    """("text" or "payload", what was said), or None if the body is not as agreed."""
    try:
        body = request.json
    except Exception:
        return None
    if not isinstance(body, dict):
        return None
    given = [(key, body[key]) for key in ("text", "payload") if isinstance(body.get(key), str)]
    return given[0] if len(given) == 1 else None


def _agent(request: Request) -> Any:
    agent = getattr(request.app.ctx, "agent", None)
    return agent if agent is not None and agent.is_ready() else None


async def _events(request: Request, conversation_id: str) -> list[dict[str, Any]]:
    agent = _agent(request)
    tracker = agent and await agent.tracker_store.retrieve_full_tracker(conversation_id)
    return [event.as_dict() for event in tracker.events] if tracker else []


def _reply(request: Request, name: str, **values: Any) -> Message:
    """A response of data/responses.yml that the channel says by itself."""
    agent = _agent(request)
    said = agent and agent.processor.nlg.generate_from_slots(name, {}, ChatInput.name(), **values)
    return chat_message({**(said or {"text": LAST_WORDS}), "utter_action": name})


def _call_link(number: re.Match[str]) -> str:
    """A number to tap; one that only takes texts opens a text."""
    words, digits = number[1] or "", number[2]
    scheme = "sms" if words == "text " else "tel"
    return f'{words}<a href="{scheme}:{digits.replace(" ", "")}">{digits}</a>'


def _unauthorized() -> HTTPResponse:
    return _problem(
        401, "unauthorized", "Start a conversation first, and send its token.",
        headers={"WWW-Authenticate": "Bearer"},
    )  # fmt: skip


def _problem(
    status: int,
    kind: str,
    detail: str,
    headers: dict[str, str] | None = None,
    **extra: Any,
) -> HTTPResponse:
    document = {"type": f"/problems/{kind}", "title": kind.replace("-", " "), "status": status}
    return response.json(
        {**document, "detail": detail, **extra},
        status=status,
        content_type="application/problem+json",
        headers=headers,
    )
