"""Nothing that a person said reaches a log."""

import logging
from collections.abc import Iterator

import pytest

from channels.log import protect_logs

PRIVATE = "I take warfarin"


@pytest.fixture(autouse=True)
def protected() -> Iterator[None]:
    factory = logging.getLogRecordFactory()
    protect_logs()
    yield
    logging.setLogRecordFactory(factory)


def logged(caplog: pytest.LogCaptureFixture) -> str:
    formatter = logging.Formatter("%(name)s: %(message)s")
    return "\n".join(formatter.format(record) for record in caplog.records)


def test_a_foreign_warning_keeps_its_place_only(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("rasa.core.processor").warning("Failed to parse '%s'", PRIVATE)
    assert PRIVATE not in logged(caplog)
    assert "rasa.core.processor: (message left out) test_log.py:" in logged(caplog)


def test_an_exception_keeps_its_type_and_frames(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise KeyError(PRIVATE)
    except KeyError:
        logging.getLogger("sanic.error").exception("while answering %s", PRIVATE)
    assert PRIVATE not in logged(caplog)
    assert "KeyError" in logged(caplog)
    assert "in test_an_exception_keeps_its_type_and_frames" in logged(caplog)


def test_an_exception_loses_its_message_in_our_own_logs_too(
    caplog: pytest.LogCaptureFixture,
) -> None:
    try:
        raise ValueError(PRIVATE)
    except ValueError:
        logging.getLogger("channels.chat").exception("A turn failed")
    assert PRIVATE not in logged(caplog)
    assert "A turn failed" in logged(caplog)


def test_our_own_messages_are_kept(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("channels.chat").error("A turn failed: %s", "TimeoutError")
    logging.getLogger("channelsx").error("not ours")
    assert "A turn failed: TimeoutError" in logged(caplog)
    assert "not ours" not in logged(caplog)
