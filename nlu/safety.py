"""The safety net, first layer: a danger that is merely likely outranks everything else."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

SAFETY_INTENTS = frozenset({"emergency_symptoms", "post_needling_emergency", "crisis"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafetyNet(IntentClassifier, GraphComponent):
    """Stands last in the pipeline and overrides the intent, the fallback included.

    When the safety intents together are at least as likely as `raise_at`, the likeliest of them
    becomes the intent. A needless "call 911" costs less than a missed one.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [IntentClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"raise_at": 0.3}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SafetyNet:
        return cls(config)

    def __init__(self, config: dict[str, Any]) -> None:
        self._raise_at = config["raise_at"]

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY, [])
            dangers = [c for c in ranking if c["name"] in SAFETY_INTENTS]
            if sum(c["confidence"] for c in dangers) >= self._raise_at:
                likeliest = max(dangers, key=lambda c: c["confidence"])
                message.set(INTENT, dict(likeliest), add_to_output=True)
        return messages
