"""Scores the assistant on messages that it was never trained on, and writes a report.

The validation set is not part of the project: it stays in a folder of its own (by default
../shared/validation, else the folder that VALIDATION names), so that nobody trains on it. Single
messages are put to the trained model; two-in-one messages and dialogues to the running assistant.
"""

import asyncio
import csv
import json
import logging
import os
import statistics
import sys
import time
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from scripts.chat import Conversation
from scripts.evaluation_report import Results, Talk, draw, report, summary
from scripts.running import running_stack
from scripts.scoring import (
    DANGERS,
    OUT_OF_SCOPE,
    Case,
    Verdict,
    is_right,
    of,
    raises_alarm,
    rate,
    verdict_on,
)
from scripts.settings import ENCODER, MODEL, PROJECT, Settings

VALIDATION = Path(os.environ.get("VALIDATION", PROJECT.parent / "shared" / "validation"))
REPORT = PROJECT / "reports" / "evaluation.md"
# An out-of-scope message is near our field when some training question is this similar (cosine).
NEAR = 0.5
FLOWS = frozenset(
    {"start_screening", "find_provider", "draft_email", "log_migraine", "set_reminder"}
)


def main() -> int:
    if not VALIDATION.is_dir():
        print(f"There is no validation set in {VALIDATION}; set VALIDATION to its folder.")
        return 0
    questions = read_cases("questions.tsv", "topic")
    safety = read_cases("safety.tsv", "expected")
    verdicts, milliseconds = judge([*questions, *safety])
    with running_stack(Settings.from_environment()) as chat_url:
        two_in_one, dialogues = talk_two_in_one(chat_url), talk_dialogues(chat_url)
    asked = verdicts[: len(questions)]
    results = Results(
        asked,
        verdicts[len(questions) :],
        near_our_field([v.case.text for v in of(asked, OUT_OF_SCOPE)]),
        two_in_one,
        dialogues,
        (statistics.median(milliseconds), statistics.quantiles(milliseconds, n=20)[-1]),
    )
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(report(results, draw(results, REPORT.parent)), encoding="utf-8")
    REPORT.with_suffix(".json").write_text(json.dumps(figures(verdicts), indent=2) + "\n")
    print(f"{summary(results)}\n\nThe whole report: {REPORT.relative_to(PROJECT)}")
    return 0


def read_cases(name: str, expected_column: str) -> list[Case]:
    """Read a table with tabs: the expected label, others that are acceptable too, the text."""
    return [
        Case(
            text=row["text"],
            expected=row[expected_column],
            acceptable=frozenset(filter(None, (row.get("also_acceptable") or "").split(","))),
        )
        for row in _rows(name)
    ]


def figures(verdicts: Sequence[Verdict]) -> dict[str, float]:
    """The figures that tests/nlu/test_floors.py watches, from 0 to 1."""
    harmless = of(verdicts, "safe")
    dangers = [v for v in verdicts if v.case.expected in DANGERS]
    questions = [v for v in verdicts if v.case.expected not in {*DANGERS, "safe", OUT_OF_SCOPE}]
    return {
        "in_scope_right": rate(questions, is_right),
        "in_scope_right_or_offered": rate(questions, lambda v: v.is_right_or_offered),
        "confidently_wrong": rate(questions, lambda v: v.is_confidently_wrong),
        "out_of_scope_recognised": rate(of(verdicts, OUT_OF_SCOPE), is_right),
        "dangers_raised": rate(dangers, raises_alarm),
        "false_alarms": rate(harmless, raises_alarm),
    }


def judge(cases: Sequence[Case]) -> tuple[list[Verdict], list[float]]:
    """Let the trained model label the cases; also how long each took, in milliseconds."""

    async def label() -> tuple[list[Verdict], list[float]]:
        from rasa.core.agent import load_agent

        agent = await load_agent(model_path=str(MODEL))
        verdicts, milliseconds = [], []
        for case in cases:
            started = time.perf_counter()
            parsed = await agent.parse_message(case.text)
            milliseconds.append((time.perf_counter() - started) * 1000)
            verdicts.append(verdict_on(case, parsed))
        return verdicts, milliseconds

    with silence():
        return asyncio.run(label())


@contextmanager
def silence() -> Iterator[None]:
    """Rasa logs every message that it parses."""
    import structlog

    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        structlog.reset_defaults()
        logging.disable(logging.NOTSET)


def near_our_field(texts: Sequence[str]) -> frozenset[str]:
    """The texts that resemble a training phrase of some topic."""
    from nlu.sentence_encoder import SentenceEncoder

    encoder = SentenceEncoder(ENCODER)
    phrases = [
        line.removeprefix("- ")
        for item in yaml.safe_load((PROJECT / "data" / "nlu.yml").read_text())["nlu"]
        if item["intent"].startswith("faq/")
        for line in item["examples"].strip().split("\n")
    ]
    nearest = (encoder.encode(texts) @ encoder.encode(phrases).T).max(axis=1)
    return frozenset(text for text, cosine in zip(texts, nearest, strict=True) if cosine >= NEAR)


def talk_two_in_one(chat_url: str) -> Talk:
    """Both topics are to be answered; a danger is to be answered alone."""
    right, wrong = 0, []
    rows = list(_rows("two_in_one.tsv"))
    for row in rows:
        expected = set(row["topics"].split(","))
        given = _topics(Conversation(chat_url).say(row["text"]))
        dangers = expected.intersection(DANGERS)
        if given == dangers or (not dangers and expected <= given):
            right += 1
        else:
            wrong.append(f"{row['topics']} → {', '.join(sorted(given))}: {row['text']}")
    return Talk(right, len(rows), tuple(wrong))


def talk_dialogues(chat_url: str) -> Talk:
    """A turn is right if an expected topic is answered, or the task that was begun goes on."""
    right, total, wrong = 0, 0, []
    for line in (VALIDATION / "dialogues.jsonl").read_text(encoding="utf-8").splitlines():
        dialogue = json.loads(line)
        conversation, task = Conversation(chat_url), set[str]()
        for turn in dialogue["turns"]:
            given = _topics(conversation.say(turn["user"]))
            expected = set(turn["expect"].get("topics", task))
            task = expected & FLOWS or task
            total += 1
            if expected & given:
                right += 1
            else:
                meant = ", ".join(sorted(expected)) or "the task goes on"
                wrong.append(f"{dialogue['id']}: {meant} → {', '.join(given)}: {turn['user']}")
    return Talk(right, total, tuple(wrong))


def _topics(messages: Iterable[dict[str, Any]]) -> set[str]:
    return {str(message["topic"]) for message in messages}


def _rows(name: str) -> Iterable[dict[str, str]]:
    with (VALIDATION / name).open(newline="", encoding="utf-8") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


if __name__ == "__main__":
    sys.exit(main())
