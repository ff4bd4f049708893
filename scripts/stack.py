"""Runs the services, the action server and Rasa, until Ctrl-C or until one of them ends."""

import os
import re
import shlex
import socket
import sys
import threading
import time
from pathlib import Path
from typing import IO

import requests
from honcho.manager import Manager
from honcho.printer import Message, Printer

from scripts.settings import (
    HOST,
    LOGS,
    MODEL,
    PROJECT,
    RASA_PYTHON,
    SECRET_FILE,
    SERVICES_PYTHON,
    Settings,
    SettingsError,
    rasa_environment,
)

START_SECONDS = 120
TITLES = {"services": "services", "actions": "action server", "rasa": "Rasa server"}
STOPPED = re.compile(r"(\w+) stopped \(rc=(-?\d+)\)")


class LogFiles(Printer):
    """Writes what each process prints to its own file, and remembers which one ended first."""

    def __init__(self, folder: Path) -> None:
        super().__init__(output=sys.stdout)
        self._files: dict[str, IO[str]] = {
            name: (folder / f"{name}.log").open("w", buffering=1) for name in TITLES
        }
        self.first_to_stop: tuple[str, int] | None = None

    def write(self, message: Message) -> None:
        data = (
            message.data.decode(errors="replace")
            if isinstance(message.data, bytes)
            else message.data
        )
        if message.name in self._files:
            self._files[message.name].write(data)
        stopped = STOPPED.search(data) if message.name == "system" else None
        if stopped and not self.first_to_stop:
            self.first_to_stop = stopped[1], int(stopped[2])


def main() -> int:
    try:
        settings = Settings.from_environment()
        _check_ports(settings)
        _check_files()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    return _run(settings)


def _run(settings: Settings) -> int:
    LOGS.mkdir(parents=True, exist_ok=True)
    logs = LogFiles(LOGS)
    manager = Manager(printer=logs)
    environment = {**os.environ, **environment_for(settings)}
    for name, command in commands(settings).items():
        manager.add_process(name, shlex.join(command), env=environment, cwd=str(PROJECT))
    too_slow = threading.Event()
    print("Starting ... ", end="", flush=True)
    threading.Thread(target=_announce, args=(settings, manager, too_slow), daemon=True).start()
    manager.loop()
    if too_slow.is_set():
        print(
            f"It was not ready after {START_SECONDS} seconds, so it was stopped. Details: {LOGS}",
            file=sys.stderr,
        )
        return 1
    if manager.returncode in (130, 143):
        print("Stopped.")
        return 0
    name, code = logs.first_to_stop or ("rasa", -1)
    print(
        f"The {TITLES[name]} ended by itself (code {code}), so everything was stopped. "
        f"Its last words are in {LOGS / name}.log; start again with 'make run'.",
        file=sys.stderr,
    )
    return 1


def commands(settings: Settings) -> dict[str, list[str]]:
    services, rasa = str(SERVICES_PYTHON), str(RASA_PYTHON)
    return {
        "services": [services, "-m", "uvicorn", "services.app:app", "--host", HOST]
        + ["--port", str(settings.services_port), "--no-access-log", "--log-level", "error"],
        "actions": [rasa, "-m", "actions", str(settings.actions_port)],
        "rasa": [rasa, "-m", "rasa", "run", "--model", str(MODEL), "--interface", HOST]
        + ["--port", str(settings.port)],
    }


def environment_for(settings: Settings) -> dict[str, str]:
    return {
        **rasa_environment(),
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",
        "SERVICES_URL": f"http://{HOST}:{settings.services_port}",
        "ACTIONS_URL": f"http://{HOST}:{settings.actions_port}/webhook",
        "CONVERSATIONS_DB": str(settings.conversations),
        "COUNTRY": settings.country,
        "SCREENING_DATABASE_URL": settings.screening_database,
        "CHAT_URL": settings.public_url or settings.chat_url,
        "CHAT_SECRET": os.environ.get("CHAT_SECRET") or SECRET_FILE.read_text().strip(),
    }


def _announce(settings: Settings, manager: Manager, too_slow: threading.Event) -> None:
    started = time.monotonic()
    waiting_for = {
        "services": f"http://{HOST}:{settings.services_port}/health",
        "actions": f"http://{HOST}:{settings.actions_port}/health",
        "rasa": f"{settings.chat_url}/health",
    }
    while waiting_for:
        waiting_for = {name: url for name, url in waiting_for.items() if not is_up(url)}
        if time.monotonic() - started > START_SECONDS:
            too_slow.set()
            manager.terminate()
            return
        time.sleep(0.2)
    print(
        f"ready after {time.monotonic() - started:.0f} s. Talk to it at {settings.chat_url}/ "
        "(Ctrl-C stops it)",
        flush=True,
    )


def is_up(url: str) -> bool:
    try:
        return requests.get(url, timeout=2).ok
    except requests.RequestException:
        return False


def _check_ports(settings: Settings) -> None:
    ports = {
        "NEEDLEWISE_PORT": settings.port,
        "ACTIONS_PORT": settings.actions_port,
        "SERVICES_PORT": settings.services_port,
    }
    for name, port in ports.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                raise SettingsError(
                    f"Port {port} is in use. Stop the program that uses it, or choose another "
                    f"one: {name}={port + 1000} make run"
                ) from None


def _check_files() -> None:
    for path in (RASA_PYTHON, SERVICES_PYTHON, MODEL, SECRET_FILE):
        if not path.exists():
            raise SettingsError(f"{path.relative_to(PROJECT)} is missing. Run 'make setup' first.")


if __name__ == "__main__":
    sys.exit(main())
