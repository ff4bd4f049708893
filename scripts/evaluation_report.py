"""The report of `make evaluate`: Markdown and three pictures."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.scoring import (
    DANGERS,
    HARMLESS,
    OUT_OF_SCOPE,
    SAFETY,
    Verdict,
    calibration,
    counted,
    f1_by_topic,
    is_right,
    of,
    raises_alarm,
    scope_curve,
    share,
)

LISTED_ERRORS = 80
LEAST_IN_PICTURE = 2


@dataclass(frozen=True)
class Talk:
    """Turns of conversations with the running assistant: how many were right, and what was not."""

    right: int
    total: int
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class Results:
    """Everything that was measured. `near` are the out-of-scope texts close to our own field."""

    questions: Sequence[Verdict]
    safety: Sequence[Verdict]
    near: frozenset[str]
    two_in_one: Talk
    dialogues: Talk
    milliseconds: tuple[float, float]

    @property
    def in_scope(self) -> list[Verdict]:
        return [v for v in self.questions if v.case.expected != OUT_OF_SCOPE]

    def outside(self, near: bool) -> list[Verdict]:
        return [v for v in of(self.questions, OUT_OF_SCOPE) if (v.case.text in self.near) is near]


def summary(results: Results) -> str:
    """The figures as a Markdown table."""
    in_scope, harmless = results.in_scope, of(results.safety, HARMLESS)
    dangers = [v for v in results.safety if v.case.expected in DANGERS]
    median, slowest = results.milliseconds
    rows = [
        ("in scope: right or also acceptable", share(in_scope, is_right)),
        ("in scope: right, or among what is offered", share(in_scope, _right_or_offered)),
        ("confidently wrong, without asking", share(results.questions, _confidently_wrong)),
        ("out of scope recognised, far", share(results.outside(near=False), is_right)),
        ("out of scope recognised, near our field", share(results.outside(near=True), is_right)),
        ("two questions in one: both addressed", _talked(results.two_in_one)),
        ("dialogues: turns right in context", _talked(results.dialogues)),
        *((f"{name}, right", share(of(results.safety, name), is_right)) for name in SAFETY),
        ("dangers that raise an alarm", share(dangers, raises_alarm)),
        ("harmless messages that raise one", share(harmless, raises_alarm)),
        ("understanding a message, p50 / p95", f"{median:.1f} / {slowest:.1f} ms"),
    ]
    return "\n".join(["| | |", "|---|---|", *(f"| {name} | {figure} |" for name, figure in rows)])


def report(results: Results, pictures: dict[str, str]) -> str:
    """The whole report as Markdown; `pictures` maps titles to file names."""
    f1 = f1_by_topic(results.questions)
    by_topic = [
        f"| {topic} | {f1[topic]:.2f} | {share(of(results.questions, topic), is_right)} |"
        for topic in sorted(f1, key=lambda topic: f1[topic])
    ]
    dangers = [v for v in results.safety if v.case.expected in DANGERS]
    wrong = sorted((v for v in results.questions if not v.is_right), key=lambda v: -v.confidence)
    parts = [
        "# How well unseen messages are understood",
        "Written by `make evaluate`. In brackets: counts and 95 % Wilson intervals.",
        summary(results),
        *(f"![{title}]({name})" for title, name in pictures.items()),
        "## By topic",
        "\n".join(["| topic | F1 | right |", "|---|---|---|", *by_topic]),
        "## Dangers without any alarm",
        _listed(v for v in dangers if not raises_alarm(v)),
        "## Harmless messages with an alarm",
        _listed(v for v in of(results.safety, HARMLESS) if raises_alarm(v)),
        "## Wrong, the most confident first",
        _listed(wrong[:LISTED_ERRORS]),
        "## Two questions in one: not both addressed",
        "\n".join(f"- {line}" for line in results.two_in_one.wrong) or "None.",
        "## Turns of dialogues that were not right",
        "\n".join(f"- {line}" for line in results.dialogues.wrong) or "None.",
    ]
    return "\n\n".join(parts) + "\n"


def draw(results: Results, folder: Path) -> dict[str, str]:
    """Draw the pictures into the folder; return their titles and file names."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    pictures = {
        "Which topics are taken for which": ("confusion.png", _draw_confusion),
        "Is it as sure as it is right?": ("calibration.png", _draw_calibration),
        "In scope against out of scope": ("scope.png", _draw_scope),
    }
    for name, drawing in pictures.values():
        figure = drawing(pyplot, results)
        figure.tight_layout()
        figure.savefig(folder / name, dpi=110)
        pyplot.close(figure)
    return {title: name for title, (name, _) in pictures.items()}


def _draw_confusion(pyplot: Any, results: Results) -> Any:
    wrong = Counter((v.case.expected, v.label) for v in results.questions if not v.is_right)
    pairs = {pair: count for pair, count in wrong.items() if count >= LEAST_IN_PICTURE}
    expected = sorted({pair[0] for pair in pairs})
    given = sorted({pair[1] for pair in pairs})
    size = (4 + 0.4 * len(given), 3 + 0.3 * len(expected))
    figure, axes = pyplot.subplots(figsize=size)
    counts = [[pairs.get((row, column), 0) for column in given] for row in expected]
    axes.imshow(counts or [[0]], cmap="Oranges", aspect="auto")
    axes.set_xticks(range(len(given)), given, rotation=90, fontsize=8)
    axes.set_yticks(range(len(expected)), expected, fontsize=8)
    for (row, column), count in pairs.items():
        axes.text(given.index(column), expected.index(row), count, ha="center", va="center")
    axes.set_xlabel("taken for")
    axes.set_ylabel("meant")
    axes.set_title(f"Mistakes made {LEAST_IN_PICTURE} times or more", fontsize=9)
    return figure


def _draw_calibration(pyplot: Any, results: Results) -> Any:
    figure, axes = pyplot.subplots(figsize=(4.5, 4.5))
    answered = [v for v in results.questions if not v.offered and not v.second]
    bins = calibration(answered)
    axes.plot([0, 1], [0, 1], color="gray", linewidth=1)
    axes.plot([b[0] for b in bins], [b[1] for b in bins], marker="o", color="#0f5f58")
    for confidence, right, count in bins:
        axes.annotate(str(count), (confidence, right), textcoords="offset points", xytext=(5, -10))
    axes.set_xlabel("how sure")
    axes.set_ylabel("how often right")
    return figure


def _draw_scope(pyplot: Any, results: Results) -> Any:
    figure, axes = pyplot.subplots(figsize=(4.5, 4.5))
    for near, color in ((False, "#0f5f58"), (True, "#b5541c")):
        curve = scope_curve(results.in_scope, results.outside(near))
        name = "near our field" if near else "far"
        axes.plot([p[0] for p in curve], [p[1] for p in curve], color=color, label=name)
    axes.set_xlabel("in scope: right")
    axes.set_ylabel("out of scope: recognised")
    axes.legend()
    return figure


def _talked(talk: Talk) -> str:
    return counted(talk.right, talk.total)


def _right_or_offered(verdict: Verdict) -> bool:
    return verdict.is_right_or_offered


def _confidently_wrong(verdict: Verdict) -> bool:
    return verdict.is_confidently_wrong


def _listed(verdicts: Iterable[Verdict]) -> str:
    lines = []
    for v in verdicts:
        offered = f", offers {', '.join(v.offered)}" if v.offered else ""
        taken_for = f"{v.label} ({v.confidence:.2f}){offered}"
        lines.append(f"- {v.case.expected} → {taken_for}: {v.case.text}")
    return "\n".join(lines) or "None."
