"""The topic model: it learns, it is sure for a reason, and it survives being saved."""

from pathlib import Path

import numpy as np
import pytest

from nlu.sentence_encoder import SentenceEncoder
from nlu.topic_model import TopicModel, TopicModelOptions

EXAMPLES = {
    "faq/cost": ["what does it cost", "how much is a session", "price please", "is it expensive"],
    "faq/does_it_hurt": ["does it hurt", "is it painful", "will I feel pain", "how sore is it"],
    "greet": ["hello", "hi there", "good morning", "hey"],
}
OPTIONS = TopicModelOptions(min_examples=1, calibration_folds=2)


@pytest.fixture(scope="module")
def model(encoder: SentenceEncoder) -> TopicModel:
    texts = [text for examples in EXAMPLES.values() for text in examples]
    labels = [label for label, examples in EXAMPLES.items() for _ in examples]
    return TopicModel.train(texts, encoder.encode(texts), labels, OPTIONS)


def rank(model: TopicModel, encoder: SentenceEncoder, text: str) -> list[tuple[str, float]]:
    likelihoods = np.exp(model.log_probabilities([text], encoder.encode([text]))[0])
    return sorted(zip(model.labels, map(float, likelihoods), strict=True), key=lambda c: -c[1])


def test_unseen_words_are_understood(model: TopicModel, encoder: SentenceEncoder) -> None:
    assert rank(model, encoder, "what are your fees?")[0][0] == "faq/cost"
    assert rank(model, encoder, "is the needle sore going in?")[0][0] == "faq/does_it_hurt"


def test_likelihoods_are_ordered_and_add_up(model: TopicModel, encoder: SentenceEncoder) -> None:
    likelihoods = [confidence for _, confidence in rank(model, encoder, "hiya")]
    assert likelihoods == sorted(likelihoods, reverse=True)
    assert sum(likelihoods) == pytest.approx(1)


def test_a_clear_message_is_surer_than_a_vague_one(
    model: TopicModel, encoder: SentenceEncoder
) -> None:
    clear = rank(model, encoder, "how much does a session cost")[0][1]
    vague = rank(model, encoder, "tomorrow")[0][1]
    assert clear > vague


def test_a_saved_model_gives_the_same_answers(
    model: TopicModel, encoder: SentenceEncoder, tmp_path: Path
) -> None:
    model.save(tmp_path)
    loaded = TopicModel.load(tmp_path)
    for text in ("what are your fees?", "ça coûte combien?", "", "😀"):
        before, after = rank(model, encoder, text), rank(loaded, encoder, text)
        assert [label for label, _ in before] == [label for label, _ in after]
        assert np.allclose([c for _, c in before], [c for _, c in after], atol=1e-5)


def test_training_twice_gives_the_same_model(model: TopicModel, encoder: SentenceEncoder) -> None:
    texts = [text for examples in EXAMPLES.values() for text in examples]
    labels = [label for label, examples in EXAMPLES.items() for _ in examples]
    again = TopicModel.train(texts, encoder.encode(texts), labels, OPTIONS)
    assert rank(again, encoder, "the price") == rank(model, encoder, "the price")
