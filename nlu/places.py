"""Places in a message: ZIP codes and "city, state", found with spaCy.

What is found is what the person wrote; whether the place exists is for the provider service.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, Token

ZIP_CODE = re.compile(r"(?<![\d.-])\d{5}(-\d{4})?(?![\d-])")
LONGEST_CITY = 5
SHORT_MESSAGE = 6


@dataclass(frozen=True)
class Place:
    """A place as written: `text` is "60614" or "Austin, TX"; `start` and `end` are offsets."""

    text: str
    start: int
    end: int


class PlaceFinder:
    """Finds places in a spaCy document.

    Args:
        language: the spaCy pipeline whose documents will be searched.
        states: code to name, for example {"TX": "Texas"}.
        not_part_of_a_city: lower-case words at which a city's name stops.
    """

    def __init__(
        self, language: Language, states: Mapping[str, str], not_part_of_a_city: Collection[str]
    ) -> None:
        self._codes = states
        self._code_of_name = {name.lower(): code for code, name in states.items()}
        self._stop = frozenset(not_part_of_a_city)
        self._names = PhraseMatcher(language.vocab, attr="LOWER")
        self._names.add("state", [language.make_doc(name) for name in states.values()])

    def find(self, doc: Doc) -> list[Place]:
        """Return ZIP codes, else cities with their state, in the order of the text."""
        zip_codes = [Place(z[0], z.start(), z.end()) for z in ZIP_CODE.finditer(doc.text)]
        if zip_codes:
            return zip_codes
        found = [self._with_city(state, code) for state, code in self._states(doc)]
        return [place for place in found if place is not None]

    def _states(self, doc: Doc) -> list[tuple[Span, str]]:
        by_name = [doc[start:end] for _, start, end in self._names(doc)]
        found = [(span, self._code_of_name[span.text.lower()]) for span in by_name]
        found += [
            (doc[token.i : token.i + 1], token.text.upper())
            for token in doc
            if token.text.upper() in self._codes and _is_a_code(token)
        ]
        return sorted(found, key=lambda item: item[0].start)

    def _with_city(self, state: Span, code: str) -> "Place | None":
        doc, last = state.doc, state.start - 1
        if last >= 0 and doc[last].text == ",":
            last -= 1
        first = last + 1
        while first > 0 and last - first + 1 < LONGEST_CITY and self._names_a_city(doc, first - 1):
            first -= 1
        if first > last:
            return None
        city = doc[first : last + 1].text
        return Place(f"{city}, {code}", doc[first].idx, state.end_char)

    def _names_a_city(self, doc: Doc, index: int) -> bool:
        token = doc[index]
        word = token.text.replace(".", "").replace("'", "")
        return token.text == "-" or (word.isalpha() and token.lower_ not in self._stop)


def _is_a_code(token: Token) -> bool:
    """Tell the state in "Austin, TX" and "portland, me" from the words in, or, me, hi and ok.

    Capitals count, unless everything is in capitals. Small letters count at the end of a short
    message, after a comma.
    """
    doc = token.doc
    after_comma = token.i > 0 and doc[token.i - 1].text == ","
    if token.is_upper:
        return after_comma or not doc.text.isupper()
    is_last = all(following.is_punct for following in doc[token.i + 1 :])
    return after_comma and is_last and len(doc) <= SHORT_MESSAGE
