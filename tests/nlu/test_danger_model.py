"""The statistical detector: it learns, and it survives being saved."""

from pathlib import Path

import pytest

from nlu.danger_model import HARMLESS, DangerModel
from nlu.sentence_encoder import SentenceEncoder

EXAMPLES = {
    "crisis": ["I want to die", "I want to end my life", "I do not want to live"],
    "emergency_symptoms": ["my arm is numb", "my face is numb", "her arm went weak"],
    HARMLESS: ["what does it cost", "my arm is not numb", "I do not want to die", "is it safe"],
}


@pytest.fixture(scope="module")
def model(encoder: SentenceEncoder) -> DangerModel:
    examples = [(text, label) for label, texts in EXAMPLES.items() for text in texts] * 4
    texts, labels = zip(*examples, strict=True)
    return DangerModel.train(texts, encoder.encode(texts), labels)


def likeliest(model: DangerModel, encoder: SentenceEncoder, text: str) -> str:
    likely = model.probabilities(text, encoder.encode([text])[0])
    assert sum(likely.values()) == pytest.approx(1)
    return max(likely, key=lambda label: likely[label])


def test_a_little_word_makes_the_difference(model: DangerModel, encoder: SentenceEncoder) -> None:
    assert likeliest(model, encoder, "my leg is numb") == "emergency_symptoms"
    assert likeliest(model, encoder, "my leg is not numb") == HARMLESS
    assert likeliest(model, encoder, "what is the price") == HARMLESS


def test_a_saved_model_gives_the_same_numbers(
    model: DangerModel, encoder: SentenceEncoder, tmp_path: Path
) -> None:
    model.save(tmp_path)
    loaded = DangerModel.load(tmp_path)
    for text in ("my arm is numb", "", "😀"):
        vector = encoder.encode([text])[0]
        before, after = model.probabilities(text, vector), loaded.probabilities(text, vector)
        assert after == pytest.approx(before)
