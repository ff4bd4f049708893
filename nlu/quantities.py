"""Durations, frequencies, counts and ages in a message, in one unit each. No Rasa in here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span

DAYS_A_MONTH = 30.0
DAYS_OF = {
    "day": 1.0, "week": 7.0, "wk": 7.0, "month": DAYS_A_MONTH, "mth": DAYS_A_MONTH, "year": 365.0,
}  # fmt: skip
NUMBER_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15,
    "twenty": 20, "thirty": 30, "forty": 40, "once": 1, "twice": 2, "half": 0.5,
}  # fmt: skip
UNITS = {
    "min": "PT{}M", "mins": "PT{}M", "minute": "PT{}M", "minutes": "PT{}M",
    "hr": "PT{}H", "hrs": "PT{}H", "hour": "PT{}H", "hours": "PT{}H",
    "day": "P{}D", "days": "P{}D", "week": "P{}W", "weeks": "P{}W",
    "month": "P{}M", "months": "P{}M", "year": "P{}Y", "years": "P{}Y",
}  # fmt: skip
COUNTED = [
    "session", "visit", "treatment", "attack", "migraine", "headache", "needle", "appointment",
]  # fmt: skip
IS = {"LOWER": {"IN": ["i'm", "im", "'m", "am", "'s", "is"]}}

NOT_AFTER_AN_AGE = frozenset({*UNITS, "%", "mg", "of", "out", "sessions", "visits", "st", "th"})

NUMBER = {"LOWER": {"REGEX": r"^(\d{1,3}([.,]\d+)?|" + "|".join(NUMBER_WORDS) + ")$"}}
RANGE = [NUMBER, {"LOWER": {"IN": ["-", "–", "to", "or"]}, "OP": "?"}, {**NUMBER, "OP": "?"}]
OF = {"LOWER": "of", "OP": "?"}
PERIOD = {"LOWER": {"IN": list(DAYS_OF)}}
EACH = {"LOWER": {"IN": ["a", "an", "per", "each", "every", "/", "out", "of", "the"]}, "OP": "+"}
HAPPENINGS = {"LOWER": {"IN": ["x", "times", "time", "days", *(f"{c}s" for c in COUNTED)]}}
OLD = [{"LOWER": "-", "OP": "?"}, {"LOWER": {"IN": ["years", "year", "yrs", "yr", "yo", "y"]}}]
OLD += [{"LOWER": "-", "OP": "?"}, {"LOWER": {"IN": ["old", "/", "olds"]}}]

PATTERNS = {
    "duration": [[*RANGE, OF, {"LOWER": {"IN": list(UNITS)}}]],
    "frequency": [
        [*RANGE, {**HAPPENINGS, "OP": "?"}, EACH, PERIOD],
        [{"LOWER": {"REGEX": r"^\d{1,2}x$"}}, EACH, PERIOD],
        [{"LOWER": {"IN": ["every", "each"]}}, PERIOD],
        [{"LOWER": {"IN": ["daily", "weekly", "monthly"]}}],
    ],
    "count": [[*RANGE, {"LOWER": {"IN": [*COUNTED, *(f"{c}s" for c in COUNTED)]}}]],
    "age": [
        [NUMBER, *OLD],
        [{"LOWER": {"IN": ["aged", "age"]}}, NUMBER],
        [IS, {"TEXT": {"REGEX": r"^\d{1,3}$"}}],
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Quantity:
    """What was found.

    `kind` and `value`: duration, ISO 8601 such as "PT30M"; frequency, days or times a month;
    count, a number of whatever `span` names; age, years. Of a range the middle counts for a
    frequency and the upper end for all else.
    """

    kind: str
    value: str | float
    span: Span


class QuantityFinder:
    """Finds quantities in a spaCy document."""

    def __init__(self, language: Language) -> None:
        self._matcher = Matcher(language.vocab)
        for kind, patterns in PATTERNS.items():
            self._matcher.add(kind, patterns, greedy="LONGEST")

    def find(self, doc: Doc) -> list[Quantity]:
        """Return what was found; of overlapping readings the longest."""
        found = []
        for kind, start, end in self._matcher(doc):
            name = doc.vocab.strings[kind]
            if name == "age" and doc[end : end + 1].text.lower() in NOT_AFTER_AN_AGE:
                continue
            found.append(Quantity(name, READ[name](doc[start:end]), doc[start:end]))
        found.sort(key=lambda quantity: (-len(quantity.span), quantity.span.start))
        taken: set[int] = set()
        kept = []
        for quantity in found:
            tokens = set(range(quantity.span.start, quantity.span.end))
            if not tokens & taken:
                taken |= tokens
                kept.append(quantity)
        return sorted(kept, key=lambda quantity: quantity.span.start)


def _numbers(span: Span) -> list[float]:
    numbers = []
    for token in span:
        if token.text[0].isdigit():
            numbers.append(float(token.text.rstrip("xX").replace(",", ".")))
        elif token.lower_ in NUMBER_WORDS and token.lower_ not in ("a", "an"):
            numbers.append(float(NUMBER_WORDS[token.lower_]))
    return numbers


def _duration(span: Span) -> str:
    amount = max(_numbers(span), default=1.0)
    unit = next(UNITS[token.lower_] for token in reversed(span) if token.lower_ in UNITS)
    return unit.format(f"{amount:g}")


def _frequency(span: Span) -> float:
    words = [token.lower_ for token in span]
    if words[0] in ("daily", "weekly", "monthly"):
        return {"daily": DAYS_A_MONTH, "weekly": 4.0, "monthly": 1.0}[words[0]]
    if words[0] == "half":
        return DAYS_A_MONTH / 2
    period = DAYS_OF[words[-1]]
    numbers = _numbers(span)
    mean = sum(numbers) / len(numbers) if numbers else 1.0
    return round(mean * DAYS_A_MONTH / period, 1)


def _largest(span: Span) -> float:
    return max(_numbers(span), default=1.0)


READ: dict[str, Callable[[Span], str | float]] = {
    "duration": _duration,
    "frequency": _frequency,
    "count": _largest,
    "age": _largest,
}
