"""Sentence embeddings as features of a message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.normalization import NORMALIZED, PARTED, TextNormalizer
from nlu.sentence_encoder import SentenceEncoder

PROJECT = Path(__file__).resolve().parent.parent
ENCODER = PROJECT / ".state" / "encoder"
# A property of a message: the embeddings of its parted text, two rows a way to part it.
PARTED_EMBEDDINGS = "parted_embeddings"


def embedding_of(message: Message) -> np.ndarray:
    """The sentence embedding of a message: 384 numbers."""
    vector: np.ndarray = message.get_dense_features(TEXT)[1].features[0]
    return vector


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds the sentence embedding of the normalised text: 1 x 384, dense, no word features."""

    @classmethod
    def required_components(cls) -> list[type]:
        return [TextNormalizer]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        return cls(execution_context.node_name, config)

    def __init__(self, name: str, config: dict[str, Any]) -> None:
        super().__init__(name, config)
        self._encoder = SentenceEncoder(ENCODER)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """There is nothing to configure."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self._embed(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        self._embed(messages)
        for message in messages:
            sides = [side for parted in message.get(PARTED, []) for side in parted]
            message.set(PARTED_EMBEDDINGS, self._encoder.encode(sides))
        return messages

    def _embed(self, messages: list[Message]) -> None:
        with_text = [message for message in messages if message.get(TEXT)]
        vectors = self._encoder.encode([message.get(NORMALIZED) for message in with_text])
        for message, vector in zip(with_text, vectors, strict=True):
            message.add_features(
                Features(vector.reshape(1, -1), FEATURE_TYPE_SENTENCE, TEXT, self._identifier)
            )
