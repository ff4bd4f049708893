"""When it cannot start, one sentence says what and how to mend it."""

import os
import socket
import subprocess
import sys

from scripts.settings import PROJECT
from scripts.stack import LogFiles


def start(**environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "scripts.stack"],
        cwd=PROJECT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_port_in_use() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = start(ACTIONS_PORT=port)
    assert result.returncode == 1
    assert f"Port {port} is in use" in result.stderr
    assert "ACTIONS_PORT=" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_bad_setting() -> None:
    result = start(NEEDLEWISE_PORT="x")
    assert result.returncode == 1
    assert result.stderr.startswith("NEEDLEWISE_PORT must be a port number")
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_process_that_dies_is_named(unused_ports: dict[str, str]) -> None:
    result = start(**unused_ports, CHAT_SECRET="too-short")
    assert result.returncode == 1
    assert "The Rasa server ended by itself" in result.stderr
    assert "rasa.log" in result.stderr


def test_the_first_to_stop_is_remembered(tmp_path: "os.PathLike[str]") -> None:
    from pathlib import Path
    from types import SimpleNamespace

    logs = LogFiles(Path(tmp_path))
    for name, data in (
        ("rasa", "text\n"),
        ("system", "actions stopped (rc=3)\n"),
        ("system", "rasa stopped (rc=-15)\n"),
    ):
        logs.write(SimpleNamespace(name=name, data=data))
    assert logs.first_to_stop == ("actions", 3)
    assert (Path(tmp_path) / "rasa.log").read_text() == "text\n"
