"""How a phrase in a text is meant: is it there now, or denied, long past, general, quoted, usual?

The cues come from data/mention_cues.yml; medspaCy's ConText finds out which phrase a cue reaches.
No Rasa in here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from loguru import logger
from medspacy.context import ConText, ConTextRule
from spacy.language import Language
from spacy.tokens import Doc, Span

from nlu.phrases import Found, PhraseFinder

# medspaCy's parts log what a patient wrote.
logger.remove()

DIRECTIONS = {"forward": "FORWARD", "backward": "BACKWARD", "both": "BIDIRECTIONAL"}
# In letters: more than the 30 words that the farthest cue reaches.
FARTHEST_CUE = 400
FIGURE, NEGATED = "figure_of_speech", "negated"


class Mentions:
    """Finds out how phrases are meant.

    Args:
        language: the spaCy pipeline of the texts; it has to set sentence boundaries.
        marks: name of a mark to its cues by direction, and how many words it reaches.
        ends: words that stop every mark.
        not_a_cue: words that look like a cue and are none.
        figures_of_speech: phrases; what lies inside one is not meant.
    """

    def __init__(
        self,
        language: Language,
        marks: Mapping[str, Mapping[str, Any]],
        ends: Sequence[str],
        not_a_cue: Sequence[str],
        figures_of_speech: Sequence[str],
    ) -> None:
        self._language = language
        self._context = ConText(
            language, rules=None, span_attrs=None, input_span_type="group", span_group_name="signs"
        )
        self._context.add(list(_rules(marks, ends, not_a_cue)))
        self._figures = PhraseFinder({FIGURE: figures_of_speech}, {})

    def marks(self, text: str, found: Sequence[Found]) -> list[frozenset[str]]:
        """Return the marks of each phrase; no mark: it is there now.

        `found` is in the order of the text, and so are the marks.
        """
        if not found:
            return []
        # Farther than that no cue reaches, and a hostile text may hold hundreds of them.
        begin = max(0, found[0].start - FARTHEST_CUE)
        doc = self._language(text[begin : max(p.end for p in found) + FARTHEST_CUE])
        spans = [_span(doc, phrase, begin) for phrase in found]
        doc.spans["signs"] = spans
        figures = self._figures.find(text)
        self._context(doc)
        return [
            frozenset(_marks_of(span))
            | ({FIGURE} if any(_within(phrase, figure) for figure in figures) else frozenset())
            for phrase, span in zip(found, spans, strict=True)
        ]


def _rules(
    marks: Mapping[str, Mapping[str, Any]], ends: Sequence[str], not_a_cue: Sequence[str]
) -> Iterator[ConTextRule]:
    for mark, cues in marks.items():
        for key, direction in DIRECTIONS.items():
            for cue in cues.get(key, ()):
                yield from _rule(cue, mark, direction, cues["reach"])
    for cue in ends:
        yield from _rule(cue, "ends", "TERMINATE", None)
    for cue in not_a_cue:
        yield from _rule(cue, "not_a_cue", "PSEUDO", None)


def _rule(cue: str, mark: str, direction: str, reach: int | None) -> Iterator[ConTextRule]:
    pattern = None
    if "#" in cue:
        words = [re.escape(word).replace(r"\#", r"\d") for word in cue.split()]
        pattern = [{"LOWER": {"REGEX": f"^{word}$"}} for word in words]
    yield ConTextRule(cue, mark, pattern=pattern, direction=direction, max_scope=reach)
    if "'" in cue:
        spelled = cue.replace("'", "")
        yield ConTextRule(spelled, mark, direction=direction, max_scope=reach)


def _marks_of(span: Span) -> Iterator[str]:
    """The marks of the cues that reach a phrase; "can't lift" does not deny itself."""
    for modifier in span._.modifiers:
        mark, (start, end) = modifier.category.lower(), modifier.modifier_span
        if mark != NEGATED or end <= span.start or span.end <= start:
            yield mark


def _span(doc: Doc, found: Found, begin: int) -> Span:
    start, end = found.start - begin, found.end - begin
    span = doc.char_span(start, end, label=found.name, alignment_mode="expand")
    assert span is not None
    return span


def _within(inner: Found, outer: Found) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
