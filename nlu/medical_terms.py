"""Medicines and conditions that a message names, and whether it says no, once, or somebody else.

The names come from data/medical_words.yml; the marks from medspaCy's ConText. No Rasa in here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from loguru import logger
from medspacy.context import ConText, ConTextRule
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from nlu.phrases import PhraseFinder

# medspaCy's parts log what a patient wrote.
logger.remove()


# medspaCy's names for them.
CATEGORIES = {
    "negated": "NEGATED_EXISTENCE",
    "past": "HISTORICAL",
    "hypothetical": "HYPOTHETICAL",
    "someone_else": "FAMILY",
}
DIRECTIONS = {"forward": "FORWARD", "backward": "BACKWARD", "both": "BIDIRECTIONAL"}
# In words: how far a cue reaches.
REACH = 8


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
        conditions: name to how people call it. Names are phrases as `nlu.phrases` reads them.
        cues: for past, someone_else and negated, the words before (`forward`), after
            (`backward`) or around (`both`) a term that mark it, beside those that medspaCy knows.
    """

    def __init__(
        self,
        language: Language,
        medicines: Mapping[str, Mapping[str, Sequence[str]]],
        conditions: Mapping[str, Sequence[str]],
        cues: Mapping[str, Mapping[str, Sequence[str]]],
    ) -> None:
        self._meaning: dict[str, tuple[str, str, str | None]] = {}
        phrases: dict[str, list[str]] = {}
        for group, members in medicines.items():
            for name, others in members.items():
                self._meaning[f"medicine: {name}"] = "medicine", name, group
                phrases[f"medicine: {name}"] = [name, *others]
        for name, others in conditions.items():
            self._meaning[f"condition: {name}"] = "condition", name, None
            phrases[f"condition: {name}"] = list(others)
        self._phrases = PhraseFinder(phrases, {})
        self._context = ConText(language, rules="default")
        self._context.add(list(_rules(cues)))

    def find(self, doc: Doc) -> list[Term]:
        """Return the terms in the order of the text; of overlapping ones the longest."""
        spans = (
            doc.char_span(found.start, found.end, label=found.name, alignment_mode="expand")
            for found in self._phrases.find(doc.text)
        )
        found = [span for span in spans if span is not None]
        if not found:
            return []
        doc.set_ents(filter_spans(found))
        self._context(doc)
        terms = []
        for span in doc.ents:
            kind, value, group = self._meaning[span.label_]
            cues = {
                modifier.category
                for modifier in span._.modifiers
                if modifier.modifier_span[1] <= span.start or span.end <= modifier.modifier_span[0]
            }
            marks = tuple(name for name, category in CATEGORIES.items() if category in cues)
            terms.append(Term(kind, value, group, marks, span))
        return terms


def _rules(cues: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterator[ConTextRule]:
    for mark, words in cues.items():
        for key, direction in DIRECTIONS.items():
            for cue in words.get(key, ()):
                pattern = None
                if "#" in cue:
                    parts = [re.escape(word).replace(r"\#", r"\d") for word in cue.split()]
                    pattern = [{"LOWER": {"REGEX": f"^{part}$"}} for part in parts]
                yield ConTextRule(
                    cue,
                    CATEGORIES[mark],
                    pattern=pattern,
                    direction=direction,
                    max_scope=REACH,
                )
