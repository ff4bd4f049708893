"""Scores the trained model on messages that it was never trained on, and writes a report.

The validation set is not part of the project: it stays in a folder of its own (by default
../shared/validation, else the folder that VALIDATION names), so that nobody trains on it.
"""

import asyncio
import csv
import json
import logging
import os
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.settings import MODEL, PROJECT

VALIDATION = Path(os.environ.get("VALIDATION", PROJECT.parent / "shared" / "validation"))
REPORT = PROJECT / "reports" / "evaluation.md"
PICTURE = REPORT.with_name("confusion.png")
OUT_OF_SCOPE = "out_of_scope"
SAFETY = ("emergency_symptoms", "post_needling_emergency", "crisis", "ask_medical_advice")
HARMLESS = "safe"
LISTED_ERRORS = 80
LEAST_IN_PICTURE = 2


@dataclass(frozen=True)
class Case:
    """A message and the labels that are right for it."""

    text: str
    expected: str
    acceptable: frozenset[str]


@dataclass(frozen=True)
class Verdict:
    """What the model made of a case."""

    case: Case
    label: str
    confidence: float

    @property
    def is_right(self) -> bool:
        return self.label == self.case.expected or self.label in self.case.acceptable


def topic_of(parse_data: dict[str, Any]) -> str:
    """The topic id of a parsed message; a fallback counts as out of scope."""
    intent = parse_data["intent"]
    name = intent.get("full_retrieval_intent_name") or intent["name"] or OUT_OF_SCOPE
    return OUT_OF_SCOPE if name == "nlu_fallback" else str(name).removeprefix("faq/")


def read_cases(file: Path, expected_column: str) -> list[Case]:
    """Read a table with tabs: the expected label, others that are acceptable too, the text."""
    with file.open(newline="", encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Case(
                text=row["text"],
                expected=row[expected_column],
                acceptable=frozenset(filter(None, (row.get("also_acceptable") or "").split(","))),
            )
            for row in rows
        ]


def share(verdicts: Sequence[Verdict]) -> str:
    """ "87.5 % (7 of 8)" """
    right = sum(verdict.is_right for verdict in verdicts)
    return f"{100 * right / max(1, len(verdicts)):.1f} % ({right} of {len(verdicts)})"


def report(questions: Sequence[Verdict], safety: Sequence[Verdict]) -> str:
    """The report as Markdown."""
    in_scope = [v for v in questions if v.case.expected != OUT_OF_SCOPE]
    outside = [v for v in questions if v.case.expected == OUT_OF_SCOPE]
    harmless = [v for v in safety if v.case.expected == HARMLESS]
    alarms = [v for v in harmless if v.label in SAFETY[:3]]
    dangers = [v for v in safety if v.case.expected in SAFETY]
    missed = [v for v in dangers if v.case.expected != SAFETY[3] and v.label not in SAFETY[:3]]
    lines = [
        "# How well unseen messages are understood",
        "",
        "Written by `make evaluate`. Right means the expected topic or one that is acceptable too.",
        "",
        "| | |",
        "|---|---|",
        f"| questions in scope, right | {share(in_scope)} |",
        f"| out of scope, recognised | {share(outside)} |",
        *(f"| {name}, right | {share(_of(safety, name))} |" for name in SAFETY),
        f"| dangers without any alarm | {len(missed)} |",
        f"| harmless messages with an alarm | {len(alarms)} of {len(harmless)} |",
        "",
        f"![Which topics are taken for which]({PICTURE.name})",
        "",
        "## By topic",
        "",
        "| topic | right |",
        "|---|---|",
    ]
    by_topic = defaultdict(list)
    for verdict in questions:
        by_topic[verdict.case.expected].append(verdict)
    ordered = sorted(by_topic, key=lambda topic: _rate(by_topic[topic]))
    lines += [f"| {topic} | {share(by_topic[topic])} |" for topic in ordered]
    lines += ["", "## Dangers without any alarm", "", *_listed(missed)]
    lines += ["", "## Harmless messages with an alarm", "", *_listed(alarms)]
    wrong = sorted((v for v in questions if not v.is_right), key=lambda v: -v.confidence)
    lines += ["", "## Wrong, the most confident first", "", *_listed(wrong[:LISTED_ERRORS])]
    return "\n".join(lines) + "\n"


def draw_confusion(verdicts: Iterable[Verdict], file: Path) -> None:
    """Draw which topics are taken for which others, leaving out what is right."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    wrong = Counter((v.case.expected, v.label) for v in verdicts if not v.is_right)
    pairs = {pair: count for pair, count in wrong.items() if count >= LEAST_IN_PICTURE}
    expected = sorted({pair[0] for pair in pairs})
    given = sorted({pair[1] for pair in pairs})
    size = (3 + 0.32 * len(given), 2.5 + 0.28 * len(expected))
    figure, axes = pyplot.subplots(figsize=size)
    counts = [[pairs.get((row, column), 0) for column in given] for row in expected]
    axes.imshow(counts or [[0]], cmap="Oranges", aspect="auto")
    axes.set_xticks(range(len(given)), given, rotation=90, fontsize=8)
    axes.set_yticks(range(len(expected)), expected, fontsize=8)
    for row, name in enumerate(expected):
        for column, other in enumerate(given):
            if (name, other) in pairs:
                axes.text(column, row, pairs[(name, other)], ha="center", va="center", fontsize=8)
    axes.set_xlabel("taken for")
    axes.set_ylabel("meant")
    axes.set_title(f"Mistakes made {LEAST_IN_PICTURE} times or more", fontsize=9)
    figure.tight_layout()
    figure.savefig(file, dpi=130)


def main() -> int:
    if not VALIDATION.is_dir():
        print(f"There is no validation set in {VALIDATION}; set VALIDATION to its folder.")
        return 0
    questions = read_cases(VALIDATION / "questions.tsv", "topic")
    safety = read_cases(VALIDATION / "safety.tsv", "expected")
    verdicts = asyncio.run(judge([*questions, *safety]))
    REPORT.parent.mkdir(exist_ok=True)
    asked, endangered = verdicts[: len(questions)], verdicts[len(questions) :]
    text = report(asked, endangered)
    REPORT.write_text(text, encoding="utf-8")
    draw_confusion(asked, PICTURE)
    figures = {
        "in_scope": _rate([v for v in asked if v.case.expected != OUT_OF_SCOPE]),
        "out_of_scope_recall": _rate([v for v in asked if v.case.expected == OUT_OF_SCOPE]),
    }
    REPORT.with_suffix(".json").write_text(json.dumps(figures, indent=2) + "\n")
    print(
        "\n".join(text.splitlines()[6:15]), f"\n\nThe whole report: {REPORT.relative_to(PROJECT)}"
    )
    return 0


async def judge(cases: Sequence[Case]) -> list[Verdict]:
    """Let the trained model label the cases."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    sys.path.insert(0, str(PROJECT))
    import structlog
    from rasa.core.agent import load_agent

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))

    agent = await load_agent(model_path=str(MODEL))
    verdicts = []
    for case in cases:
        parsed = await agent.parse_message(case.text)
        verdicts.append(Verdict(case, topic_of(parsed), parsed["intent"]["confidence"]))
    return verdicts


def _of(verdicts: Iterable[Verdict], expected: str) -> list[Verdict]:
    return [verdict for verdict in verdicts if verdict.case.expected == expected]


def _rate(verdicts: Sequence[Verdict]) -> float:
    return sum(verdict.is_right for verdict in verdicts) / max(1, len(verdicts))


def _listed(verdicts: Sequence[Verdict]) -> list[str]:
    return [
        f"- {v.case.expected} → {v.label} ({v.confidence:.2f}): {v.case.text}" for v in verdicts
    ] or ["None."]


if __name__ == "__main__":
    sys.exit(main())
