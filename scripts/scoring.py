"""What a labelled message was worth: pure functions from verdicts to figures."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

OUT_OF_SCOPE = "out_of_scope"
DANGERS = ("emergency_symptoms", "post_needling_emergency", "crisis")
SAFETY = (*DANGERS, "ask_medical_advice")
HARMLESS = "safe"
Z_95 = 1.96


@dataclass(frozen=True)
class Case:
    """A message and the labels that are right for it."""

    text: str
    expected: str
    acceptable: frozenset[str] = frozenset()

    @property
    def right(self) -> frozenset[str]:
        return self.acceptable | {self.expected}


@dataclass(frozen=True)
class Verdict:
    """What the model made of a case.

    `label` is the topic that is answered; `offered` are topics to choose from, when none is.
    """

    case: Case
    label: str
    confidence: float
    offered: tuple[str, ...] = ()
    second: str | None = None

    @property
    def is_right(self) -> bool:
        return self.label in self.case.right

    @property
    def is_right_or_offered(self) -> bool:
        return self.is_right or bool(self.case.right.intersection((*self.offered, self.second)))

    @property
    def is_confidently_wrong(self) -> bool:
        """Answered as something that it is not, without asking."""
        return self.label != OUT_OF_SCOPE and not self.is_right_or_offered


def verdict_on(case: Case, parse_data: dict[str, Any]) -> Verdict:
    """Read Rasa's parse data; a fallback counts as out of scope."""
    second = parse_data.get("second")
    return Verdict(
        case,
        topic_of(parse_data),
        parse_data["intent"]["confidence"],
        tuple(label.removeprefix("faq/") for label in parse_data.get("offered") or ()),
        topic_of(second) if second else None,
    )


def topic_of(parse_data: dict[str, Any]) -> str:
    """The topic id of a parsed message; a fallback counts as out of scope."""
    name = parse_data["intent"]["name"] or OUT_OF_SCOPE
    selected = (parse_data.get("response_selector") or {}).get(name)
    name = selected["response"]["intent_response_key"] if selected else name
    return OUT_OF_SCOPE if name == "nlu_fallback" else str(name).removeprefix("faq/")


def interval(right: int, total: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share, from 0 to 1; (0, 1) if there is nothing to count."""
    if not total:
        return 0.0, 1.0
    share, z = right / total, Z_95**2
    center = (share + z / (2 * total)) / (1 + z / total)
    half = Z_95 * sqrt(share * (1 - share) / total + z / (4 * total**2)) / (1 + z / total)
    return center - half, center + half


def counted(right: int, total: int) -> str:
    """ "87.5 % (7 of 8; 52.9 to 97.8 %)" """
    low, high = interval(right, total)
    share = 100 * right / max(1, total)
    return f"{share:.1f} % ({right} of {total}; {100 * low:.1f} to {100 * high:.1f} %)"


def share(verdicts: Sequence[Verdict], is_good: Callable[[Verdict], bool]) -> str:
    """How many verdicts are good, with the interval."""
    return counted(sum(map(is_good, verdicts)), len(verdicts))


def rate(verdicts: Sequence[Verdict], is_good: Callable[[Verdict], bool]) -> float:
    """How many verdicts are good, from 0 to 1."""
    return sum(map(is_good, verdicts)) / max(1, len(verdicts))


def of(verdicts: Iterable[Verdict], expected: str) -> list[Verdict]:
    return [verdict for verdict in verdicts if verdict.case.expected == expected]


def f1_by_topic(verdicts: Sequence[Verdict]) -> dict[str, float]:
    """F1 of each expected topic; a label that is acceptable counts as the expected one."""
    expected, given, hits = Counter[str](), Counter[str](), Counter[str]()
    for verdict in verdicts:
        label = verdict.case.expected if verdict.is_right else verdict.label
        expected[verdict.case.expected] += 1
        given[label] += 1
        hits[label] += verdict.is_right
    return {topic: 2 * hits[topic] / (expected[topic] + given[topic]) for topic in expected}


def calibration(verdicts: Iterable[Verdict], bins: int = 10) -> list[tuple[float, float, int]]:
    """(mean confidence, share that is right, count) of each bin of confidence that is not empty."""
    held: dict[int, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        held[min(int(verdict.confidence * bins), bins - 1)].append(verdict)
    return [
        (sum(v.confidence for v in held[i]) / len(held[i]), rate(held[i], is_right), len(held[i]))
        for i in sorted(held)
    ]


def scope_curve(
    in_scope: Sequence[Verdict], outside: Sequence[Verdict]
) -> list[tuple[float, float]]:
    """(in scope right, out of scope recognised), from 0 to 1, as the model gets more careful.

    At a threshold t, what is answered with a confidence below t counts as out of scope.
    """

    def careful(verdict: Verdict, threshold: float) -> str:
        return verdict.label if verdict.confidence >= threshold else OUT_OF_SCOPE

    return [
        (
            rate(in_scope, lambda v, t=t: careful(v, t) in v.case.right),  # type: ignore[misc]
            rate(outside, lambda v, t=t: careful(v, t) in v.case.right),  # type: ignore[misc]
        )
        for t in (i / 50 for i in range(51))
    ]


def is_right(verdict: Verdict) -> bool:
    return verdict.is_right


def raises_alarm(verdict: Verdict) -> bool:
    return verdict.label in DANGERS
