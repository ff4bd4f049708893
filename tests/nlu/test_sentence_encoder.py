"""The sentence encoder: vectors of meaning, the same every time, from files that are checked."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from nlu.sentence_encoder import DIMENSIONS, EncoderError, SentenceEncoder
from tests.nlu.conftest import ENCODER


def test_vectors_have_length_one(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode(["does it hurt?", "", "😀", "x" * 10_000])
    assert vectors.shape == (4, DIMENSIONS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_alike_sentences_are_nearer_than_others(encoder: SentenceEncoder) -> None:
    hurt, pain, price = encoder.encode(
        ["does it hurt?", "is the procedure painful?", "how much does a session cost?"]
    )
    assert hurt @ pain > hurt @ price + 0.1


def test_a_vector_does_not_depend_on_its_company(encoder: SentenceEncoder) -> None:
    text = "how long does one appointment take"
    alone = encoder.encode([text])[0]
    among = encoder.encode(["hi", text, "a much longer sentence " * 10])[1]
    assert np.array_equal(alone, among)


def test_the_same_text_gives_the_same_vector(encoder: SentenceEncoder) -> None:
    assert np.array_equal(encoder.encode(["is it safe?"]), encoder.encode(["is it safe?"]))


def test_the_vectors_are_those_of_the_published_model(encoder: SentenceEncoder) -> None:
    """Cosines of all-MiniLM-L6-v2 in full precision, computed with PyTorch and transformers."""
    hurt, spoon, price = encoder.encode(
        [
            "does it hurt?",
            "My left arm went heavy and I keep dropping the spoon",
            "how much is a session, roughly, at a normal physio?",
        ]
    )
    assert hurt @ spoon == pytest.approx(0.2453, abs=0.03)
    assert hurt @ price == pytest.approx(0.1227, abs=0.03)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    shutil.copytree(ENCODER, tmp_path / "encoder")
    (tmp_path / "encoder" / "tokenizer.json").write_text("{}")
    with pytest.raises(EncoderError, match=r"tokenizer\.json is damaged.*make setup"):
        SentenceEncoder(tmp_path / "encoder")


def test_a_missing_encoder_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="no sentence encoder"):
        SentenceEncoder(tmp_path)
