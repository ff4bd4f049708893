"""The same few words mean different things after different topics."""

from pathlib import Path

import numpy as np
import pytest

from nlu.follow_ups import FollowUpModel
from nlu.sentence_encoder import SentenceEncoder

LABELS = ["cost", "session_length", "onset_and_duration", "thank"]
FOLLOW_UPS = [
    ("cost", "and how long is it for that", "session_length"),
    ("cost", "how long do I get for the money", "session_length"),
    ("cost", "per visit?", "cost"),
    ("cost", "is that all in?", "cost"),
    ("onset_and_duration", "how long?", "onset_and_duration"),
    ("onset_and_duration", "for how long then", "onset_and_duration"),
    ("onset_and_duration", "and the price of it", "cost"),
    ("onset_and_duration", "what would that be in money", "cost"),
    ("anything", "and how many minutes?", "session_length"),
]
COMPLETE = [
    "What does one session of dry needling cost at a clinic in town?",
    "Could you tell me how many minutes an appointment usually takes?",
    "I would like to know how many weeks the relief from needling lasts",
    "Thank you very much for all of this useful information today",
]
UNSURE = np.log([0.25, 0.25, 0.25, 0.25])


@pytest.fixture(scope="module")
def model(encoder: SentenceEncoder) -> FollowUpModel:
    texts = [text for _, text, _ in FOLLOW_UPS]
    return FollowUpModel.train(
        LABELS,
        FOLLOW_UPS,
        encoder.encode(texts),
        np.tile(UNSURE, (len(texts), 1)),
        COMPLETE,
        encoder.encode(COMPLETE),
    )


def meaning(model: FollowUpModel, encoder: SentenceEncoder, text: str, after: str) -> str:
    embedding = encoder.encode([text])[0]
    return LABELS[int(np.argmax(model.rescore(text, embedding, UNSURE, after)))]


def test_what_was_last_talked_about_decides(model: FollowUpModel, encoder: SentenceEncoder) -> None:
    assert meaning(model, encoder, "and how long?", "cost") == "session_length"
    assert meaning(model, encoder, "and how long?", "onset_and_duration") == "onset_and_duration"


def test_likelihoods_still_add_up(model: FollowUpModel, encoder: SentenceEncoder) -> None:
    rescored = model.rescore("how long?", encoder.encode(["how long?"])[0], UNSURE, "cost")
    assert np.exp(rescored).sum() == pytest.approx(1)


def test_a_complete_question_means_itself(model: FollowUpModel, encoder: SentenceEncoder) -> None:
    sure = np.log([0.001, 0.001, 0.001, 0.997])
    text = "Thank you very much for the useful information"
    rescored = model.rescore(text, encoder.encode([text])[0], sure, "cost")
    assert LABELS[int(np.argmax(rescored))] == "thank"


def test_a_topic_without_follow_ups_changes_nothing(
    model: FollowUpModel, encoder: SentenceEncoder
) -> None:
    embedding = encoder.encode(["how long?"])[0]
    assert model.rescore("how long?", embedding, UNSURE, "crisis") is UNSURE


def test_what_names_its_topic_means_the_same_after_anything(
    model: FollowUpModel, encoder: SentenceEncoder
) -> None:
    for after in ("cost", "onset_and_duration"):
        assert meaning(model, encoder, "how many minutes?", after) == "session_length"


def test_a_saved_model_gives_the_same_answers(
    model: FollowUpModel, encoder: SentenceEncoder, tmp_path: Path
) -> None:
    model.save(tmp_path)
    loaded = FollowUpModel.load(tmp_path)
    embedding = encoder.encode(["and how long?"])[0]
    before = model.rescore("and how long?", embedding, UNSURE, "cost")
    after = loaded.rescore("and how long?", embedding, UNSURE, "cost")
    assert np.allclose(before, after, atol=0.01)
