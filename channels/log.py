"""Logs that cannot contain what a person said.

Rasa and its libraries put message texts, slots and conversation ids into warnings and exceptions:
when an action fails, the whole conversation stands in the log. So the records of foreign loggers
are reduced, when they are made, to the place in the code that they come from and the type and
frames of the exception. That is enough to find an error and cannot hold personal data.
"""

import logging
import os.path
import traceback
from typing import Any

# Loggers whose messages are written in this project, or speak of the system only.
TRUSTED = ("actions", "channels", "nlu", "rasa.core.run", "rasa.core.agent", "sanic.root")


def protect_logs() -> None:
    """Reduce every log record of this process from now on, whatever the handlers are."""
    logging.setLogRecordFactory(_reduced_record)


def _reduced_record(
    name: str,
    level: int,
    path: str,
    line: int,
    message: object,
    arguments: Any,
    exc_info: Any,
    function: "str | None" = None,
    sinfo: "str | None" = None,
    **extra: Any,
) -> logging.LogRecord:
    if not any(name == trusted or name.startswith(f"{trusted}.") for trusted in TRUSTED):
        message, arguments = f"(message left out) {os.path.basename(path)}:{line}", ()
    if exc_info:
        message, arguments = f"{message}\n{_frames(exc_info)}", ()
    return logging.LogRecord(name, level, path, line, message, arguments, None, function, None)


def _frames(exc_info: Any) -> str:
    kind, _, trace = exc_info
    frames = [f"  {f.filename}:{f.lineno} in {f.name}" for f in traceback.extract_tb(trace)]
    return "\n".join([*frames, f"  {kind.__name__}" if kind else "  (no exception)"])
