import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.sentence_encoder import SentenceEncoder
from scripts.settings import MODEL

ENCODER = Path(__file__).resolve().parents[2] / ".state" / "encoder"

Parse = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def encoder() -> SentenceEncoder:
    return SentenceEncoder(ENCODER)


@pytest.fixture(scope="session")
def parse() -> Parse:
    """The trained model: a text, and what was said before, to parse data."""
    processor = Agent.load(str(MODEL)).processor
    assert processor is not None

    def parse_message(text: str, tracker: DialogueStateTracker | None = None) -> dict[str, Any]:
        parsed: dict[str, Any] = asyncio.run(processor.parse_message(UserMessage(text), tracker))
        return parsed

    return parse_message
