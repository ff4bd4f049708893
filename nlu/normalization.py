"""Normalised text as a Rasa component."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.clauses import splits
from nlu.normalizer import Normalizer

DATA = Path(__file__).resolve().parent.parent / "data"
REVIEWED = ("responses.yml", "entities.yml", "medical_words.yml")
# Properties of a message.
NORMALIZED = "normalized_text"
PARTED = "parted_text"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class TextNormalizer(GraphComponent):
    """Sets what the featurizer and the classifier read instead of the text.

    `normalized_text` is the whole message, `parted_text` a list of ways to part it in two.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TextNormalizer:
        return cls(project_normalizer())

    def __init__(self, normalize: Normalizer) -> None:
        self._normalize = normalize

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = self._normalize(message.get(TEXT) or "")
            message.set(NORMALIZED, text)
            message.set(PARTED, splits(text))
        return messages


def project_normalizer() -> Normalizer:
    """The normalizer with the abbreviations of data/words.yml; the answers' spelling counts."""
    words = yaml.safe_load((DATA / "words.yml").read_text(encoding="utf-8"))
    reviewed = [(DATA / name).read_text(encoding="utf-8") for name in REVIEWED]
    everyday = [(DATA / "nlu.yml").read_text(encoding="utf-8")]
    return Normalizer(words["abbreviations"], reviewed, everyday)
