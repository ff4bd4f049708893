"""Text as the models read it: emoji in words, short forms written out, spelling mended.

A message is understood in this form and kept as it was written. No Rasa in here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

import emoji
from symspellpy import SymSpell, Verbosity

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# A wall of the same emoji says no more than one, and each becomes up to a dozen words.
REPEATED_SYMBOL = re.compile(r"([^\w\s\x00-\x7f])\1{9,}")
SHORTEST_MENDED = 4
SHORTEST_WITH_TWO_MISTAKES = 6
# Of the 82,765 words of the English list all count as right, and the commonest are suggested.
SUGGESTED = 30_000
# A word of our own field is likelier in this chat than any other word of English.
OWN_WORD = 10**12


class Normalizer:
    """Rewrites messages.

    Args:
        abbreviations: short form to long form; a key in small letters matches any case.
        reviewed_texts: texts whose words are spelled right and belong to the field, such as the
            answers. A mistake is mended towards these words first.
        everyday_texts: what people write; of its words those count that are English.
    """

    def __init__(
        self,
        abbreviations: Mapping[str, str],
        reviewed_texts: Iterable[str],
        everyday_texts: Iterable[str] = (),
    ) -> None:
        self._any_case = {k: v for k, v in abbreviations.items() if k == k.lower()}
        self._exact = {k: v for k, v in abbreviations.items() if k != k.lower()}
        longest_first = sorted(abbreviations, key=len, reverse=True)
        alternatives = "|".join(re.escape(key) for key in longest_first)
        self._short_form = re.compile(rf"(?<![\w/'-])(?:{alternatives})(?![\w'-])", re.IGNORECASE)
        self._known, self._speller = _speller(reviewed_texts, everyday_texts)
        self._mended = lru_cache(maxsize=10_000)(self._mend)

    def __call__(self, text: str) -> str:
        """Return the text as the models should read it."""
        if not text.isascii():
            text = REPEATED_SYMBOL.sub(r"\1", text)
            text = emoji.demojize(text, delimiters=(" ", " ")).replace("_", " ")
        text = self._short_form.sub(self._written_out, text.replace("’", "'"))
        text = WORD.sub(lambda word: self._mended(word[0]), text)
        return " ".join(text.split())

    def _written_out(self, short: re.Match[str]) -> str:
        exact = self._exact.get(short[0])
        return exact or self._any_case.get(short[0].lower()) or short[0]

    def _mend(self, word: str) -> str:
        lower = word.lower()
        if len(word) < SHORTEST_MENDED or lower in self._known or not word.isascii():
            return word
        if "'" in word:
            return word
        distance = 2 if len(word) >= SHORTEST_WITH_TWO_MISTAKES else 1
        found = self._speller.lookup(lower, Verbosity.CLOSEST, max_edit_distance=distance)
        return found[0].term if found else word


def _speller(
    reviewed_texts: Iterable[str], everyday_texts: Iterable[str]
) -> tuple[frozenset[str], SymSpell]:
    english_list = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt")
    lines = english_list.read_text(encoding="utf-8-sig").splitlines()
    english = {word: int(frequency) for word, frequency in map(str.split, lines)}
    own = _words(reviewed_texts)
    own.update({word: n for word, n in _words(everyday_texts).items() if word in english})
    speller = SymSpell(max_dictionary_edit_distance=2, prefix_length=5)
    for word in list(english)[:SUGGESTED]:
        speller.create_dictionary_entry(word, english[word])
    for word, count in own.items():
        speller.create_dictionary_entry(word, OWN_WORD * count)
    return frozenset(english) | frozenset(own), speller


def _words(texts: Iterable[str]) -> Counter[str]:
    return Counter(word.lower() for text in texts for word in WORD.findall(text))
