from pathlib import Path

import pytest

from nlu.sentence_encoder import SentenceEncoder

ENCODER = Path(__file__).resolve().parents[2] / ".state" / "encoder"


@pytest.fixture(scope="session")
def encoder() -> SentenceEncoder:
    return SentenceEncoder(ENCODER)
