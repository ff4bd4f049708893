"""Finds phrases with gaps in a text. No Rasa in here.

A phrase is written the way a health educator can read it:

    {list}   a word or phrase of a named list      a|b      either word
    word*    any ending                            (a b|c)  either of several words
    #        any digit                             [word]   may be left out
    ..       up to 4 other words                   ...      up to 9 other words

Letter case and the kind of apostrophe do not matter, and an apostrophe may be missing. A phrase
lies within one sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

SHORT_GAP, LONG_GAP = 4, 9
TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.?!;…\n]+(?=\s|$)")
ELEMENT = re.compile(r"\.\.\.?|\{\w+\}|\([^)]*\)|\[[^\]]*\]|[^\s]+")
SENTENCE_END = re.compile(r"[.?!;…\n]")
# More mentions of the same phrase say nothing new, and a hostile text may hold thousands.
MOST_MATCHES = 12


class PhraseError(ValueError):
    """A phrase cannot be read; the message says which."""


@dataclass(frozen=True)
class Found:
    """Where a phrase was found: its name, first and last character (end exclusive)."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class _Step:
    """A part of a phrase: one of `alternatives` (sequences of words) after at most `gap` words."""

    alternatives: frozenset[tuple[str, ...]]
    gap: int


class PhraseFinder:
    """Finds named phrases.

    Args:
        phrases: name to phrases.
        lists: name of a list to its words and phrases.

    Raises:
        PhraseError: a phrase names an unknown list, is empty, or begins or ends with a gap.
    """

    def __init__(
        self, phrases: Mapping[str, Sequence[str]], lists: Mapping[str, Sequence[str]]
    ) -> None:
        self._lists = lists
        self._steps: list[_Step] = []
        self._phrases: list[tuple[str, list[int]]] = []
        # First word of an alternative to its other words and the steps it may stand for.
        self._by_first_word: dict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
        known: dict[_Step, int] = {}
        for name, group in phrases.items():
            for phrase in group:
                for steps in self._read(phrase):
                    self._phrases.append((name, [known.setdefault(s, len(known)) for s in steps]))
        self._steps = list(known)
        by_alternatives: dict[frozenset[tuple[str, ...]], int] = {}
        self._atom = [
            by_alternatives.setdefault(s.alternatives, len(by_alternatives)) for s in self._steps
        ]
        for alternatives, atom in by_alternatives.items():
            for first, *rest in alternatives:
                self._by_first_word[first].append((tuple(rest), atom))
        self._open_words = [w for w in self._by_first_word if "*" in w or "#" in w]
        self._starting_with = lru_cache(maxsize=20_000)(self._alternatives_from)

    def find(self, text: str) -> list[Found]:
        """Return the phrases in a text, a phrase at most once for each place it begins."""
        words, places, sentences = _words(text)
        atoms = self._find_atoms(words)
        found = set()
        for name, steps in self._phrases:
            if all(self._atom[step] in atoms for step in steps):
                for first, last in self._follow(steps, atoms, sentences):
                    found.add(Found(name, places[first][0], places[last][1]))
        return sorted(found, key=lambda f: (f.start, f.end, f.name))

    def _find_atoms(self, words: Sequence[str]) -> dict[int, list[tuple[int, int]]]:
        """Where each atom stands: index of its first word, and of the word after it."""
        atoms: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for i, word in enumerate(words):
            for rest, atom in self._starting_with(word):
                end = i + 1 + len(rest)
                if end <= len(words) and all(map(_is, words[i + 1 : end], rest)):
                    atoms[atom].append((i, end))
        return atoms

    def _alternatives_from(self, word: str) -> list[tuple[tuple[str, ...], int]]:
        fitting = list(self._by_first_word.get(word, ()))
        for pattern in self._open_words:
            if _is(word, pattern):
                fitting += self._by_first_word[pattern]
        return fitting

    def _follow(
        self,
        steps: Sequence[int],
        atoms: Mapping[int, list[tuple[int, int]]],
        sentences: Sequence[int],
    ) -> Iterator[tuple[int, int]]:
        matches = 0
        for start, end in atoms[self._atom[steps[0]]]:
            last = self._end(steps[1:], end, atoms, sentences)
            if last is not None and sentences[start] == sentences[last - 1]:
                yield start, last - 1
                matches += 1
                if matches == MOST_MATCHES:
                    return

    def _end(
        self,
        steps: Sequence[int],
        after: int,
        atoms: Mapping[int, list[tuple[int, int]]],
        sentences: Sequence[int],
    ) -> int | None:
        """The end of the nearest continuation after a word, or None."""
        if not steps:
            return after
        gap = self._steps[steps[0]].gap
        for start, end in _between(atoms[self._atom[steps[0]]], after, after + gap):
            if sentences[start] != sentences[after - 1]:
                return None
            last = self._end(steps[1:], end, atoms, sentences)
            if last is not None:
                return last
        return None

    def _read(self, phrase: str) -> list[list[_Step]]:
        """The ways to say a phrase: with and without each part that may be left out."""
        ways: list[list[list[_Step]]] = []
        gap, elements = 0, ELEMENT.findall(phrase)
        if not elements or elements[0].startswith("..") or elements[-1].startswith(".."):
            raise PhraseError(f"{phrase!r} is empty, or begins or ends with a gap.")
        for element in elements:
            if element in ("..", "..."):
                gap = SHORT_GAP if element == ".." else LONG_GAP
                continue
            optional = element.startswith("[")
            step = _Step(self._alternatives(element.strip("[]()"), phrase), gap)
            ways.append([[step], []] if optional else [[step]])
            gap = 0
        return [[step for part in way for step in part] for way in product(*ways)]

    def _alternatives(self, element: str, phrase: str) -> frozenset[tuple[str, ...]]:
        found: set[tuple[str, ...]] = set()
        for alternative in element.split("|"):
            choices: list[list[tuple[str, ...]]] = []
            for part in alternative.split():
                if part.startswith("{"):
                    name = part.strip("{}")
                    if name not in self._lists:
                        raise PhraseError(f"{phrase!r} names an unknown list: {name}.")
                    choices.append([_pattern(entry) for entry in self._lists[name]])
                else:
                    choices.append([_pattern(part)])
            found.update(sum(way, ()) for way in product(*choices))
        return frozenset(found)


def _pattern(words: str) -> tuple[str, ...]:
    return tuple(str(words).lower().replace("'", "").replace("’", "").replace("-", " ").split())


@lru_cache(maxsize=50_000)
def _is(word: str, pattern: str) -> bool:
    if "*" not in pattern and "#" not in pattern:
        return word == pattern
    regex = re.escape(pattern).replace(r"\*", r"\w*").replace(r"\#", r"\d")
    return re.fullmatch(regex, word) is not None


def _words(text: str) -> tuple[list[str], list[tuple[int, int]], list[int]]:
    """The words of a text, their places, and the number of the sentence of each."""
    words, places, sentences, sentence = [], [], [], 0
    for token in TOKEN.finditer(text):
        if SENTENCE_END.match(token[0]):
            sentence += 1
            continue
        words.append(token[0].lower().replace("'", "").replace("’", ""))
        places.append(token.span())
        sentences.append(sentence)
    return words, places, sentences


def _between(places: Sequence[tuple[int, int]], low: int, high: int) -> Iterator[tuple[int, int]]:
    """The places that start from `low` to `high`, in order."""
    for i in range(bisect_left(places, (low, 0)), len(places)):
        if places[i][0] > high:
            return
        yield places[i]
