"""Letters as features: the same numbers as scikit-learn's, text by text."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from nlu.ngrams import Ngrams

SEEN = ["What does it cost?", "how much is a session", "does it hurt", "Is it painful"]
COEFFICIENTS = np.random.default_rng(0).normal(size=(500, 3)).astype(np.float32)


@pytest.mark.parametrize("text", [*SEEN, "costs, costs, COSTS", "zzz", "", "😀 ça"])
def test_the_product_is_that_of_scikit_learn(text: str) -> None:
    fitted = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, dtype=np.float32
    ).fit(SEEN)
    features = fitted.transform([text])
    expected = features @ COEFFICIENTS[: features.shape[1]]
    assert Ngrams.of(fitted).product(text, COEFFICIENTS) == pytest.approx(expected[0], abs=1e-5)
