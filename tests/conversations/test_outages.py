"""A process is gone or hangs in the middle of a conversation: a plain sentence, nothing lost."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from scripts.settings import LOGS, PROJECT, Settings
from scripts.stack import commands, environment_for, is_up
from tests.conversations.conftest import Chat, settings_on_free_ports


class Processes:
    """The three processes without their supervisor, so that one can be taken away."""

    def __init__(self, settings: Settings, logs: Path) -> None:
        self.settings = settings
        self._logs = logs
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        with (self._logs / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                commands(self.settings)[name],
                cwd=PROJECT,
                env={**os.environ, **environment_for(self.settings)},
                stdout=log,
                stderr=log,
            )
        port = {
            "services": self.settings.services_port,
            "actions": self.settings.actions_port,
        }.get(name)
        url = f"http://127.0.0.1:{port}/health" if port else f"{self.settings.chat_url}/health"
        for _ in range(600):
            if is_up(url):
                return
            time.sleep(0.1)
        raise AssertionError(f"{name} did not start")

    def kill(self, name: str) -> None:
        process = self._running.pop(name)
        process.kill()
        process.wait()

    def signal(self, name: str, number: int) -> None:
        self._running[name].send_signal(number)

    def stop_all(self) -> None:
        for name in list(self._running):
            self.kill(name)


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    folder = tmp_path_factory.mktemp("outages")
    LOGS.mkdir(parents=True, exist_ok=True)
    running = Processes(settings_on_free_ports(folder / "conversations.db"), folder)
    for name in ("services", "actions", "rasa"):
        running.start(name)
    yield running
    running.stop_all()


@pytest.fixture
def chat(processes: Processes) -> Chat:
    return Chat(processes.settings.chat_url)


def test_the_services_die_in_mid_screening(processes: Processes, chat: Chat) -> None:
    chat.say("Can you check if it suits me?")
    chat.say("no")
    processes.kill("services")
    try:
        replies = chat.say("40")
        assert "cannot be reached right now" in replies.text
        assert "answers so far are kept" in replies.text
        assert chat.say("Does it hurt?").topics == ["does_it_hurt"]
        assert "cannot be reached" in chat.say("find a therapist near 60614").text
    finally:
        processes.start("services")
    resumed = chat.say("go on with the check")
    assert "answered 2 of about 14" in resumed.text


def test_the_services_hang(processes: Processes, chat: Chat) -> None:
    processes.signal("services", signal.SIGSTOP)
    started = time.monotonic()
    try:
        assert "cannot be reached right now" in chat.say("find someone near 60614").text
        assert time.monotonic() - started < 10
    finally:
        processes.signal("services", signal.SIGCONT)
    assert "Nearest to" in chat.say("find someone near 60614").text


def test_the_action_server_dies(processes: Processes, chat: Chat) -> None:
    chat.say("Can you check if it suits me?")
    processes.kill("actions")
    try:
        for said in ("no", "say that again", "what is the weather"):
            assert "911" in chat.say(said).text, "a plain sentence with the emergency line"
        assert chat.say("my face is drooping on one side").topics[0] == "emergency_symptoms"
        assert chat.say("I want to kill myself").topics[0] == "crisis"
        assert chat.say("Does it hurt?").topics == ["crisis", "does_it_hurt"]
        assert chat.say("I am safe now").topics == ["alarm_over"]
    finally:
        processes.start("actions")
    assert chat.say("Can you check if it suits me?").topics[-1] == "start_screening"


def test_rasa_is_restarted_in_mid_screening(processes: Processes, chat: Chat) -> None:
    chat.say("Can you check if it suits me?")
    chat.say("no")
    asked = chat.say("40").text
    processes.kill("rasa")
    with pytest.raises(requests.ConnectionError):
        chat.say("yes")
    processes.start("rasa")
    assert asked in [message["text"] for message in chat.history()]
    assert chat.say("yes").text.startswith("(4 of about 14)")
