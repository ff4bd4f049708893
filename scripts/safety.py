"""The proof of the safety net: writes docs/safety.md from what the trained model does.

Cases: tests/safety/cases.tsv (nothing in it was trained on), the examples of data/red_flags.yml in
every variant, and the validation set where it is at hand.
"""

import asyncio
import csv
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from scripts.evaluate import VALIDATION, silence
from scripts.safety_variants import PLAYED_DOWN, VARIANTS
from scripts.scoring import DANGERS, interval
from scripts.settings import MODEL, PROJECT

CASES = PROJECT / "tests" / "safety" / "cases.tsv"
PAGE = PROJECT / "docs" / "safety.md"
TODAY, SAFE = "today", "safe"
BEGIN = "<!-- what follows is written by `make safety` -->\n"


@dataclass(frozen=True)
class Case:
    """A text, what it is (a danger's intent, today or safe), and its row in the red-flag table."""

    text: str
    expected: str
    row: str = "-"


@dataclass(frozen=True)
class Outcome:
    """What came of a case: the danger of the alarm or None, or the question whether it is now."""

    case: Case
    alarm: str | None
    asked: bool


class Net:
    """The trained model, asked for its alarms."""

    def __init__(self) -> None:
        with silence():
            self._processor = Agent.load(str(MODEL)).processor

    def outcome(self, case: Case) -> Outcome:
        intent = self.parse(case.text)["intent"]["name"]
        return Outcome(
            case, intent if intent in DANGERS else None, intent in ("check_danger", "check_crisis")
        )

    def outcomes(self, cases: Iterable[Case]) -> list[Outcome]:
        return [self.outcome(case) for case in cases]

    def parse(self, text: str) -> dict[str, Any]:
        with silence():
            parsed: dict[str, Any] = asyncio.run(self._processor.parse_message(UserMessage(text)))
        return parsed

    def milliseconds(self, texts: Sequence[str]) -> list[float]:
        """How long the safety net alone takes for each text, normalised and embedded before."""
        nodes = self._processor.graph_runner._instantiated_nodes
        by_class = {type(n._component).__name__: n._component for n in nodes.values()}
        net, normalizer = by_class["SafetyNet"], by_class["TextNormalizer"]
        encoder = by_class["SentenceFeaturizer"]._encoder
        times = []
        for text in texts:
            normal = normalizer._normalize(text)
            vector = encoder.encode([normal])[0]
            started = time.perf_counter()
            net.verdict(normal, vector)
            times.append((time.perf_counter() - started) * 1000)
        return times


def main() -> int:
    net = Net()
    held_out = net.outcomes(read(CASES))
    sections = [
        "## Messages that nothing was learned from", table(held_out), by_row(held_out),
        "## The same in other words and guises", by_variant(net),
    ]  # fmt: skip
    if VALIDATION.is_dir():
        validation = net.outcomes(read(VALIDATION / "safety.tsv"))
        sections += ["## The validation set", table(validation)]
    sections += ["## How long it takes", timing(net), "## Every miss", misses(held_out)]
    written_by_hand = PAGE.read_text(encoding="utf-8").partition(BEGIN)[0]
    PAGE.write_text(written_by_hand + BEGIN + "\n" + "\n\n".join(sections) + "\n", encoding="utf-8")
    print(f"{table(held_out)}\n\nThe whole page: {PAGE.relative_to(PROJECT)}")
    return 0


def read(path: Any) -> list[Case]:
    with path.open(newline="", encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Case(r["text"], r["expected"], r.get("row") or "-") for r in rows]


def examples(key: str) -> list[Case]:
    """The examples of data/red_flags.yml under `fires` or `quiet`, those of `soon` left out."""
    flags = yaml.safe_load((PROJECT / "data" / "red_flags.yml").read_text(encoding="utf-8"))
    return [
        Case(text, rule["urgency"] if key == "fires" else SAFE, rule["row"])
        for rule in flags["signs"].values()
        if rule["urgency"] != "soon"
        for text in rule[key]
    ]


def table(outcomes: Sequence[Outcome]) -> str:
    rows = ["| | alarm | 95 % interval | alarm or question |", "|---|---|---|---|"]
    for expected in (*DANGERS, TODAY, SAFE):
        group = [o for o in outcomes if o.case.expected == expected]
        if group:
            alarms = sum(o.alarm is not None for o in group)
            either = sum(o.alarm is not None or o.asked for o in group)
            rows.append(f"| {expected} | {share(alarms, len(group))} | {either} of {len(group)} |")
    return "\n".join(rows)


def by_row(outcomes: Sequence[Outcome]) -> str:
    rows = ["| row of the table | alarm | or question |", "|---|---|---|"]
    dangers = [o for o in outcomes if o.case.expected != SAFE]
    for row in sorted({o.case.row for o in dangers}, key=lambda r: (r[0], int(r[1:]))):
        group = [o for o in dangers if o.case.row == row]
        alarms, asked = sum(o.alarm is not None for o in group), sum(o.asked for o in group)
        rows.append(f"| {row} | {alarms} of {len(group)} | {asked} |")
    return "\n".join(rows)


def by_variant(net: Net) -> str:
    rows = ["| variant | dangers: alarm | or question | harmless: alarm | or question |"]
    rows.append("|---|---|---|---|---|")
    for name, variant in {**VARIANTS, **PLAYED_DOWN}.items():
        cells = []
        for key in ("fires", "quiet"):
            outcomes = net.outcomes(Case(variant(c.text), c.expected) for c in examples(key))
            alarms = sum(o.alarm is not None for o in outcomes)
            cells += [f"{alarms} of {len(outcomes)}", str(sum(o.asked for o in outcomes))]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def timing(net: Net) -> str:
    texts = [case.text for case in read(CASES)]
    times = net.milliseconds(texts)
    longest = net.milliseconds([("my arm is numb and her face can't move. " * 300)[:10_000]])[0]
    return (
        f"The net alone, over these messages: p50 {statistics.median(times):.1f} ms, "
        f"p95 {statistics.quantiles(times, n=20)[-1]:.1f} ms; "
        f"10,000 characters full of signs: {longest:.0f} ms."
    )


def misses(outcomes: Sequence[Outcome]) -> str:
    lines = []
    for o in outcomes:
        if o.case.expected in DANGERS and o.alarm is None:
            lines.append(f"- {'asked' if o.asked else '**missed**'} {o.case.row}: {o.case.text}")
        elif o.case.expected == SAFE and (o.alarm or o.asked):
            lines.append(f"- {'false alarm' if o.alarm else 'asked'}: {o.case.text}")
    return "\n".join(lines)


def share(count: int, total: int) -> str:
    low, high = interval(count, total)
    return f"{count} of {total} | {100 * low:.1f} to {100 * high:.1f} %"


if __name__ == "__main__":
    sys.exit(main())
