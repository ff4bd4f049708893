"""What a text means while a question is pending: learned, and kept."""

from pathlib import Path

import pytest

from nlu.answer_model import AnswerModel
from nlu.sentence_encoder import SentenceEncoder

EXAMPLES = [
    ("consent", "nobody made me", "yes"),
    ("consent", "nobody at all", "yes"),
    ("consent", "it was all my own idea", "yes"),
    ("consent", "my wife made me", "no"),
    ("consent", "they talked me into it", "no"),
    ("implant", "nobody put anything in me", "no"),
    ("implant", "nobody ever did", "no"),
    ("implant", "nothing was ever fitted", "no"),
    ("implant", "they fitted a pacemaker", "yes:device"),
    ("implant", "a stimulator since spring", "yes:device"),
    ("implant", "there is a plate in my neck", "yes:near_site"),
    ("implant", "let us call it a day", "stop"),
]


@pytest.fixture(scope="module")
def model(encoder: SentenceEncoder) -> AnswerModel:
    questions, texts, meanings = zip(*EXAMPLES * 3, strict=True)
    return AnswerModel.train(questions, texts, encoder.encode(texts), meanings)


def kind(model: AnswerModel, encoder: SentenceEncoder, question: str, text: str) -> str:
    meaning = model.meaning(question, text, encoder.encode([text])[0])
    assert meaning is not None
    assert sum(meaning.kinds.values()) == pytest.approx(1)
    return max(meaning.kinds, key=lambda kind: meaning.kinds[kind])


def test_the_same_word_means_another_thing_to_another_question(
    model: AnswerModel, encoder: SentenceEncoder
) -> None:
    assert kind(model, encoder, "consent", "nobody") == "yes"
    assert kind(model, encoder, "implant", "nobody") == "no"
    assert kind(model, encoder, "implant", "call it a day") == "stop"


def test_what_is_named_is_told(model: AnswerModel, encoder: SentenceEncoder) -> None:
    text = "a pacemaker was fitted"
    meaning = model.meaning("implant", text, encoder.encode([text])[0])
    assert meaning is not None
    assert meaning.named["device"] > 0.5 > meaning.named["near_site"]


def test_of_an_unknown_question_nothing_is_said(
    model: AnswerModel, encoder: SentenceEncoder
) -> None:
    assert model.meaning("midas_1", "three", encoder.encode(["three"])[0]) is None


def test_a_saved_model_says_the_same(
    model: AnswerModel, encoder: SentenceEncoder, tmp_path: Path
) -> None:
    model.save(tmp_path)
    loaded = AnswerModel.load(tmp_path)
    for text in ("nobody made me", "", "😀"):
        vector = encoder.encode([text])[0]
        before, after = (m.meaning("consent", text, vector) for m in (model, loaded))
        assert before is not None
        assert after is not None
        assert after.kinds == pytest.approx(before.kinds)
        assert after.named == pytest.approx(before.named)
