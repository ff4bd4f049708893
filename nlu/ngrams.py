"""Letters and words of a text as features: scikit-learn's numbers, without its overhead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

# A question mark tells "is it normal?" from "it is normal".
WORD = r"(?u)\b\w+\b|\?"


class Ngrams:
    """N-grams of letters or words: logarithm of the count, times rarity, scaled to length 1.

    What a `TfidfVectorizer(sublinear_tf=True)` computes. That one is made for many texts at once;
    for one text most of its time goes into checks and matrices.

    Args:
        kind: "char_wb" (letters within words) or "word".
        ngrams: the known n-grams, in the order of the features.
        rarity: the inverse document frequency of each.
        lengths: the shortest and the longest n-gram, in letters or words.
    """

    def __init__(
        self, kind: str, ngrams: Sequence[str], rarity: np.ndarray, lengths: tuple[int, int]
    ) -> None:
        self.kind = kind
        self.ngrams = list(ngrams)
        self.rarity = rarity.astype(np.float32)
        self.lengths = lengths
        self._index = {ngram: i for i, ngram in enumerate(self.ngrams)}
        self._split = vectorizer(kind, lengths).build_analyzer()

    @classmethod
    def of(cls, fitted: TfidfVectorizer) -> Ngrams:
        """Take over what scikit-learn has learned."""
        ngrams = fitted.get_feature_names_out().tolist()
        return cls(fitted.analyzer, ngrams, fitted.idf_, fitted.ngram_range)

    def __len__(self) -> int:
        return len(self.ngrams)

    def product(self, text: str, coefficients: np.ndarray) -> np.ndarray:
        """The features of a text times the first rows of `coefficients` (features x labels)."""
        known = [self._index[ngram] for ngram in self._split(text) if ngram in self._index]
        counts = Counter(known)
        rows = np.fromiter(counts.keys(), np.intp, len(counts))
        values = 1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))
        values *= self.rarity[rows]
        length = np.linalg.norm(values)
        return np.asarray((values / length if length else values) @ coefficients[rows])


def vectorizer(kind: str, lengths: tuple[int, int], least: int = 1) -> TfidfVectorizer:
    """An unfitted vectorizer whose learning `Ngrams.of` can take over.

    N-grams count when at least `least` texts have them.
    """
    return TfidfVectorizer(
        analyzer=kind,
        ngram_range=lengths,
        min_df=least,
        sublinear_tf=True,
        token_pattern=WORD,
        dtype=np.float32,
    )
