"""The real thing: services, action server and Rasa, talked to over the chat channel."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from scripts.running import start_stack, stop_stack
from scripts.settings import Settings
from tests.ports import free_ports


@dataclass(frozen=True)
class Replies:
    """What the assistant said in one turn."""

    messages: list[dict[str, Any]]

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.messages)

    @property
    def topics(self) -> list[str]:
        return [message["topic"] for message in self.messages]

    @property
    def urgencies(self) -> list[str | None]:
        return [message["urgency"] for message in self.messages]

    @property
    def buttons(self) -> list[str]:
        return [b["title"] for message in self.messages for b in message["buttons"]]


class Chat:
    """One conversation of one person."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = requests.Session()
        self.http.trust_env = False
        session = self.http.post(f"{url}/session", timeout=10)
        assert session.status_code == 201
        self.id = session.json()["conversation_id"]
        self.http.headers["Authorization"] = f"Bearer {session.json()['token']}"

    def post(self, **body: Any) -> requests.Response:
        return self.http.post(f"{self.url}/messages", json=body, timeout=30)

    def say(self, text: str) -> Replies:
        """Type a message; whatever it is, there has to be an answer."""
        replies = Replies(self.post(text=text).json()["messages"])
        assert replies.messages, "silence"
        assert all(message["text"].strip() for message in replies.messages)
        return replies

    def tap(self, title: str) -> Replies:
        return Replies(self.post(payload=title).json()["messages"])

    def history(self) -> list[dict[str, Any]]:
        reply = self.http.get(f"{self.url}/messages", timeout=10)
        return list(reply.json()["messages"])


def settings_on_free_ports(conversations: Path) -> Settings:
    port, actions_port, services_port = free_ports(3)
    database = f"sqlite:///{conversations.with_name('screening.db')}"
    return Settings(port, actions_port, services_port, conversations, screening_database=database)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    conversations = tmp_path_factory.mktemp("state") / "conversations.db"
    return settings_on_free_ports(conversations)


@pytest.fixture(scope="session")
def stack(settings: Settings) -> Iterator[str]:
    supervisor = start_stack(settings)
    yield settings.chat_url
    assert stop_stack(supervisor) == 0


@pytest.fixture
def chat(stack: str) -> Chat:
    return Chat(stack)
