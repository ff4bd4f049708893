"""What a person keeps: for a while, once, and deleted for good. On SQLite, and on PostgreSQL."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.screening.records import KEPT, KeyUsedOtherwise, Records

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own; it refuses to run as root, so root lends it to "nobody"."""
    if not SERVERS:
        pytest.skip("no PostgreSQL server is installed")
    binaries, data = SERVERS[-1], tmp_path_factory.mktemp("postgresql")
    user: str | None = None
    if os.getuid() == 0:
        user = "nobody"
        for folder in (data, *list(data.parents)[:3]):
            folder.chmod(0o755)
        shutil.chown(data, user)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def run(*command: str) -> None:
        subprocess.run(command, check=True, user=user, stdout=subprocess.DEVNULL, cwd=data)

    run(f"{binaries}/initdb", "-D", str(data / "db"), "-U", "screening", "-A", "trust")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={data}"
    control = f"{binaries}/pg_ctl"
    run(control, "-D", str(data / "db"), "-o", options, "-l", str(data / "log"), "-w", "start")
    yield f"postgresql+psycopg://screening@127.0.0.1:{port}/postgres"
    run(control, "-D", str(data / "db"), "-m", "immediate", "stop")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/screening.db"
    address: str = request.getfixturevalue("postgresql")
    return address


@pytest.fixture
def store(url: str) -> Records:
    return Records(url)


def test_what_is_kept_can_be_read_and_deleted(store: Records) -> None:
    kept = store.add("needling", "1", {"age": 40, "blood_which": ["supplement"]}, now=NOW)
    assert len(kept.id) >= 22
    assert kept.expires_at == NOW + KEPT
    assert store.get(kept.id, NOW) == kept
    assert store.delete(kept.id)
    assert store.get(kept.id, NOW) is None
    assert not store.delete(kept.id)


def test_it_survives_a_restart(url: str) -> None:
    kept = Records(url).add("needling", "1", {"age": 40}, now=NOW)
    assert Records(url).get(kept.id, NOW) == kept


def test_what_is_too_old_is_not_shown_and_goes_with_the_next_write(store: Records) -> None:
    old = store.add("needling", "1", {"age": 40}, now=NOW)
    assert store.get(old.id, NOW + KEPT) is None
    store.add("needling", "1", {"age": 41}, now=NOW + KEPT)
    assert store.get(old.id, NOW) is None


def test_the_same_key_keeps_once(store: Records) -> None:
    key = os.urandom(8).hex()
    first = store.add("needling", "1", {"age": 40}, key, NOW)
    again = store.add("needling", "1", {"age": 40}, key, NOW + timedelta(minutes=1))
    assert again == first
    with pytest.raises(KeyUsedOtherwise):
        store.add("needling", "1", {"age": 41}, key, NOW)


def test_two_records_without_a_key_are_two(store: Records) -> None:
    ids = {store.add("needling", "1", {}, now=NOW).id for _ in range(3)}
    assert len(ids) == 3


def test_deleted_answers_leave_the_file(tmp_path: Path) -> None:
    store = Records(f"sqlite:///{tmp_path}/screening.db")
    kept = store.add("needling", "1", {"zebrafinch": 40}, now=NOW)
    store.delete(kept.id)
    left = b"".join(file.read_bytes() for file in tmp_path.glob("screening.db*"))
    assert b"zebrafinch" not in left
