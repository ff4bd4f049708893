"""Medicines and conditions that a message names, and whether it says no, once, or somebody else.

The names come from data/medical_words.yml; the marks from medspaCy's ConText. No Rasa in here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loguru import logger
from medspacy.context import ConText
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

# medspaCy's parts log what a patient wrote.
logger.remove()

MARKS = {
    "negated": "is_negated",
    "past": "is_historical",
    "hypothetical": "is_hypothetical",
    "someone_else": "is_family",
}


@dataclass(frozen=True)
class Term:
    """A medicine (`group` is its class) or a condition, by its reviewed name.

    `marks` are some of negated, past, hypothetical and someone_else.
    """

    kind: str
    value: str
    group: str | None
    marks: tuple[str, ...]
    span: Span


class TermFinder:
    """Finds medicines and conditions.

    Args:
        language: the spaCy pipeline of the documents; it has to set sentence boundaries.
        medicines: class to medicine to other names.
        conditions: name to other names.
    """

    def __init__(
        self,
        language: Language,
        medicines: Mapping[str, Mapping[str, Sequence[str]]],
        conditions: Mapping[str, Sequence[str]],
    ) -> None:
        self._matcher = PhraseMatcher(language.vocab, attr="LOWER")
        self._meaning: dict[str, tuple[str, str, str | None]] = {}
        for group, members in medicines.items():
            for name, others in members.items():
                self._add(language, "medicine", name, group, others)
        for name, others in conditions.items():
            self._add(language, "condition", name, None, others)
        self._context = ConText(language, rules="default")

    def find(self, doc: Doc) -> list[Term]:
        """Return the terms in the order of the text; of overlapping ones the longest."""
        found = [Span(doc, start, end, label) for label, start, end in self._matcher(doc)]
        if not found:
            return []
        doc.set_ents(filter_spans(found))
        self._context(doc)
        terms = []
        for span in doc.ents:
            kind, value, group = self._meaning[span.label_]
            marks = tuple(name for name, mark in MARKS.items() if span._.get(mark))
            terms.append(Term(kind, value, group, marks, span))
        return terms

    def _add(
        self, language: Language, kind: str, name: str, group: str | None, others: Sequence[str]
    ) -> None:
        key = f"{kind}: {name}"
        self._meaning[key] = kind, name, group
        self._matcher.add(key, [language.make_doc(other) for other in (name, *others)])
