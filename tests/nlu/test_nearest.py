"""The nearest example, in small integers."""

from pathlib import Path

import numpy as np
import pytest

from nlu.nearest import NearestExamples

RNG = np.random.default_rng(0)


def unit_vectors(count: int) -> np.ndarray:
    vectors = RNG.normal(size=(count, 384)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


EXAMPLES = unit_vectors(300)
LABELS = np.array(["b", "a", "c"] * 100)
TEXTS = np.vstack([unit_vectors(5), EXAMPLES[:5]])


def test_it_is_close_to_the_exact_cosine_of_the_nearest() -> None:
    found = NearestExamples.of(EXAMPLES, LABELS).similarities(TEXTS)
    exact = [[(t @ EXAMPLES[label == LABELS].T).max() for label in "abc"] for t in TEXTS]
    assert found == pytest.approx(np.array(exact), abs=0.01)


def test_a_text_gets_the_same_numbers_alone_and_among_others() -> None:
    nearest = NearestExamples.of(EXAMPLES, LABELS)
    alone = np.vstack([nearest.similarities(text[None, :]) for text in TEXTS])
    assert np.array_equal(nearest.similarities(TEXTS), alone)


def test_a_saved_one_gives_the_same_numbers(tmp_path: Path) -> None:
    nearest = NearestExamples.of(EXAMPLES, LABELS)
    nearest.save(tmp_path)
    loaded = NearestExamples.load(tmp_path)
    assert np.array_equal(loaded.similarities(TEXTS), nearest.similarities(TEXTS))
