"""Days that a message names ("last night", "on Tuesday", "June 3"), as ISO dates. No Rasa here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import dateparser
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
MONTHS = [
    "january", "february", "march", "april", "june", "july", "august", "september", "october",
    "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct",
    "nov", "dec",
]  # fmt: skip
SAME_DAY = {"tonight": "today", "last night": "yesterday", "this morning": "today"}

DAY_OF_MONTH = {"LOWER": {"REGEX": r"^(0?[1-9]|[12]\d|3[01])(st|nd|rd|th)?$"}}
MONTH = {"LOWER": {"IN": [*MONTHS, "may"]}}
YEAR = {"TEXT": {"REGEX": r"^(19|20)\d{2}$"}}
PATTERNS = [
    [{"LOWER": {"IN": ["today", "yesterday", "tonight", "tomorrow"]}}],
    [{"LOWER": "last"}, {"LOWER": "night"}],
    [{"LOWER": "this"}, {"LOWER": "morning"}],
    [{"LOWER": {"IN": ["last", "this", "on"]}, "OP": "?"}, {"LOWER": {"IN": WEEKDAYS}}],
    [{"LIKE_NUM": True}, {"LOWER": {"IN": ["day", "days", "week", "weeks"]}}, {"LOWER": "ago"}],
    [MONTH, DAY_OF_MONTH, {"TEXT": ",", "OP": "?"}, {**YEAR, "OP": "?"}],
    [DAY_OF_MONTH, {"LOWER": "of", "OP": "?"}, MONTH],
    [DAY_OF_MONTH, MONTH, YEAR],
    [MONTH, YEAR],
    [{"TEXT": {"REGEX": r"^\d{1,2}/\d{1,2}(/\d{2,4})?$"}}],
    [{"LOWER": {"IN": ["in", "since"]}}, YEAR],
]  # fmt: skip


@dataclass(frozen=True)
class Day:
    """A day as ISO date ("2026-11-23"), or as much of it as was named: "2026-11", "2019"."""

    value: str
    span: Span


class DateFinder:
    """Finds days in a spaCy document; a weekday or a date without a year is the last one."""

    def __init__(self, language: Language) -> None:
        self._matcher = Matcher(language.vocab)
        self._matcher.add("date", PATTERNS)

    def find(self, doc: Doc, now: datetime) -> list[Day]:
        """Return the days that could be made out, seen from `now`."""
        spans = filter_spans([doc[start:end] for _, start, end in self._matcher(doc)])
        found = [(self._read(span, now), span) for span in spans]
        return [Day(value, span) for value, span in found if value is not None]

    def _read(self, span: Span, now: datetime) -> str | None:
        if span[0].lower_ in ("in", "since"):
            return str(span[-1].text)
        words = span.text.lower()
        words = SAME_DAY.get(words, words)
        for prefix in ("last ", "this ", "on "):
            words = words.removeprefix(prefix)
        settings = {"RELATIVE_BASE": now, "PREFER_DATES_FROM": "past"}
        parsed: datetime | None = dateparser.parse(words, languages=["en"], settings=settings)
        if parsed and len(span) == 2 and len(span[1].text) == len("2026"):
            return parsed.strftime("%Y-%m")
        return parsed.date().isoformat() if parsed else None
