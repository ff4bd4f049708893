"""Runs `rasa data validate` and `rasa test`, and makes sure that they really tested something."""

import json
import os
import subprocess
import sys

from scripts.prepare import PLACEHOLDERS, WARNING
from scripts.settings import LOGS, MODEL, PROJECT, RASA_PYTHON, rasa_environment

STORIES = PROJECT / "tests" / "stories"
REPORT = PROJECT / "reports" / "stories"


def main() -> int:
    validated, said = _rasa("data", "validate", "--fail-on-warnings")
    warning = WARNING.search(said)
    if not validated or warning:
        print(f"rasa data validate: {warning[0] if warning else said[-2000:]}", file=sys.stderr)
        return 1
    model, stories, out = str(MODEL), str(STORIES), str(REPORT)
    passed, said = _rasa(
        *("test", "core", "--model", model, "--stories", stories, "--out", out),
        "--fail-on-prediction-errors",
    )
    written = sum(file.read_text().count("\n  - story:") for file in STORIES.glob("test_*.yml"))
    accuracy = json.loads((REPORT / "story_report.json").read_text())["conversation_accuracy"]
    right, total = accuracy["correct"], accuracy["total"]
    print(f"{right} of {total} stories as told ({written} written down)")
    if not passed or not 0 < written == total == right:
        print(f"See {REPORT / 'failed_test_stories.yml'}\n{said[-2000:]}", file=sys.stderr)
        return 1
    return 0


def _rasa(*arguments: str) -> tuple[bool, str]:
    result = subprocess.run(
        [str(RASA_PYTHON), "-m", "rasa", *arguments],
        cwd=PROJECT,
        env={**os.environ, **rasa_environment(), **PLACEHOLDERS},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    LOGS.mkdir(parents=True, exist_ok=True)
    (LOGS / f"rasa-{arguments[0]}.log").write_text(result.stdout)
    return result.returncode == 0, result.stdout


if __name__ == "__main__":
    sys.exit(main())
