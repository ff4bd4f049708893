"""A running assistant: the one that is there already, or one that is started for a while."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from scripts.settings import PROJECT, RASA_PYTHON, Settings
from scripts.stack import is_up


class StackFailed(Exception):
    """The processes did not start; the message is what the supervisor said."""


@contextmanager
def running_stack(settings: Settings) -> Iterator[str]:
    """Give the address of the chat channel; stop afterwards what was started here.

    Raises:
        StackFailed: see there.
    """
    if is_up(f"{settings.chat_url}/health"):
        yield settings.chat_url
        return
    print("Starting the assistant ...", flush=True)
    supervisor = start_stack(settings)
    try:
        yield settings.chat_url
    finally:
        stop_stack(supervisor)


def start_stack(settings: Settings) -> "subprocess.Popen[str]":
    """Start the supervisor and wait until it says that everything is ready."""
    supervisor = subprocess.Popen(
        [str(RASA_PYTHON), "-m", "scripts.stack"],
        cwd=PROJECT,
        env={**os.environ, **settings.as_environment()},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert supervisor.stdout is not None
    said = supervisor.stdout.readline()
    if "ready" not in said:
        said += supervisor.stdout.read()
        supervisor.wait()
        raise StackFailed(said.strip())
    return supervisor


def stop_stack(supervisor: "subprocess.Popen[str]") -> int:
    """Stop everything as Ctrl-C does, and return the supervisor's exit code."""
    supervisor.send_signal(signal.SIGINT)
    return supervisor.wait(timeout=30)
