"""Services on a local HTTP server, and conversations to put in front of an action."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from rasa_sdk import Tracker


@dataclass
class Reply:
    """What the fake services answer: a body as JSON, or raw bytes; after a pause, if wanted."""

    body: Any
    status: int = 200
    pause_seconds: float = 0.0


@dataclass
class FakeServices:
    """Answers requests with the replies queued for their path; the last one is repeated."""

    url: str
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    requests: list[tuple[str, Any]] = field(default_factory=list)

    def answer(self, path: str, *replies: Reply) -> None:
        self.replies[path] = list(replies)

    def next_reply(self, path: str) -> Reply:
        queue = self.replies.get(path) or [Reply({"type": "about:blank"}, 404)]
        return queue.pop(0) if len(queue) > 1 else queue[0]


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServices]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            self._answer(url.path, {k: v[0] for k, v in parse_qs(url.query).items()})

        def do_DELETE(self) -> None:
            self._answer(self.path, None)

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            self._answer(self.path, json.loads(self.rfile.read(length)))

        def _answer(self, path: str, said: Any) -> None:
            fake.requests.append((path, said))
            reply = fake.next_reply(path)
            time.sleep(reply.pause_seconds)
            body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            self.send_response(reply.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake = FakeServices(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("SERVICES_URL", fake.url)
    yield fake
    server.shutdown()
    server.server_close()


def user(text: str, intent: str, **entities: str) -> dict[str, Any]:
    """A message of the person, as the tracker keeps it."""
    found = [{"entity": name, "value": value} for name, value in entities.items()]
    parse_data = {"intent": {"name": intent, "confidence": 1.0}, "entities": found, "text": text}
    return {"event": "user", "text": text, "parse_data": parse_data}


def bot(response: str, text: str = "...", **metadata: Any) -> dict[str, Any]:
    """A message of the assistant, as the tracker keeps it."""
    return {
        "event": "bot",
        "text": text,
        "data": {"buttons": None},
        "metadata": {"utter_action": response, "metadata": metadata},
    }


def conversation(*events: dict[str, Any], loop: str | None = None, **slots: Any) -> Tracker:
    """A tracker whose latest message is the last one of the person among the events."""
    said = [event for event in events if event["event"] == "user"]
    latest = said[-1]["parse_data"] if said else {"intent": {}, "entities": [], "text": ""}
    defaults = {"form_misunderstandings": 0, "answer_style": "short", "requested_slot": None}
    return Tracker(
        sender_id="test",
        slots={**defaults, **slots},
        latest_message=latest,
        events=list(events),
        paused=False,
        followup_action=None,
        active_loop={"name": loop} if loop else {},
        latest_action_name="action_listen",
    )
