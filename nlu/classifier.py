"""The topic model as a Rasa component."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_RANKING_KEY,
    INTENT_RESPONSE_KEY,
    RESPONSE_SELECTOR,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.featurizer import SentenceFeaturizer
from nlu.topic_model import TopicModel, TopicModelOptions

NOTHING_UNDERSTOOD = {"name": None, "confidence": 0.0}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(IntentClassifier, GraphComponent):
    """Ranks all labels; does the work of an intent classifier and of a response selector.

    For a retrieval intent such as `faq/cost` it sets the intent `faq` and selects the response
    `utter_faq/cost`. The options in config.yml are those of `TopicModelOptions`.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [SentenceFeaturizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**asdict(TopicModelOptions()), "ranking_length": 10}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: TopicModel | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, TopicModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        names = {field.name for field in fields(TopicModelOptions)}
        self._model = TopicModel.train(
            [example.get(TEXT) for example in examples],
            _embeddings(examples),
            [example.get(INTENT_RESPONSE_KEY) or example.get(INTENT) for example in examples],
            TopicModelOptions(**{k: v for k, v in self._config.items() if k in names}),
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        understood = [message for message in messages if message.get(TEXT)]
        for message in messages:
            message.set(INTENT, dict(NOTHING_UNDERSTOOD), add_to_output=True)
        if self._model is None or not understood:
            return messages
        rankings = self._model.rank(
            [message.get(TEXT) for message in understood],
            _embeddings(understood),
            self._config["ranking_length"],
        )
        for message, labels in zip(understood, rankings, strict=True):
            ranking = [{"name": name, "confidence": confidence} for name, confidence in labels]
            best_name, best_confidence = labels[0]
            intent = {"name": best_name.partition("/")[0], "confidence": best_confidence}
            message.set(INTENT, intent, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            message.set(RESPONSE_SELECTOR, response_selection(ranking), add_to_output=True)
        return messages


def response_selection(ranking: list[dict[str, Any]]) -> dict[str, Any]:
    """What Rasa expects of a response selector, for each retrieval intent in the ranking."""
    selection: dict[str, Any] = {}
    for candidate in ranking:
        retrieval_intent, is_retrieval, _ = candidate["name"].partition("/")
        if not is_retrieval:
            continue
        option = {
            "confidence": candidate["confidence"],
            "intent_response_key": candidate["name"],
        }
        best = {**option, "utter_action": f"utter_{candidate['name']}"}
        chosen = selection.setdefault(retrieval_intent, {"response": best, "ranking": []})
        chosen["ranking"].append(option)
    return {"all_retrieval_intents": sorted(selection), **selection}


def _embeddings(messages: list[Message]) -> np.ndarray:
    return np.vstack([message.get_dense_features(TEXT)[1].features for message in messages])
