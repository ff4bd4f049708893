"""The safety net, first layer: a danger that is merely likely outranks everything else."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

NOT_FOR_US = {"name": "nlu_fallback", "confidence": 1.0}
SAFETY_INTENTS = frozenset({"emergency_symptoms", "post_needling_emergency", "crisis"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafetyNet(IntentClassifier, GraphComponent):
    """Stands last in the pipeline and overrides the intent, the fallback included.

    When the safety intents together are at least as likely as `raise_at`, the likeliest of them
    becomes the intent. A needless "call 911" costs less than a missed one. Only the words of a
    button that was just shown, such as "Nervous, or I have fainted", raise no alarm: the
    assistant wrote them itself, and the form that asked decides what they mean.
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

    def process(
        self, messages: list[Message], tracker: DialogueStateTracker | None = None
    ) -> list[Message]:
        offered = _choices_just_shown(tracker)
        for message in messages:
            if message.get(TEXT) in offered:
                if message.get(INTENT, {}).get("name") in SAFETY_INTENTS:
                    message.set(INTENT, dict(NOT_FOR_US), add_to_output=True)
                continue
            ranking = message.get(INTENT_RANKING_KEY, [])
            dangers = [c for c in ranking if c["name"] in SAFETY_INTENTS]
            if sum(c["confidence"] for c in dangers) >= self._raise_at:
                likeliest = max(dangers, key=lambda c: c["confidence"])
                message.set(INTENT, dict(likeliest), add_to_output=True)
        return messages


def _choices_just_shown(tracker: DialogueStateTracker | None) -> frozenset[str]:
    """The payloads of the buttons under what the assistant said last."""
    shown: set[str] = set()
    for event in reversed(tracker.events if tracker else ()):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, BotUttered):
            shown.update(button["payload"] for button in event.data.get("buttons") or [])
    return frozenset(shown)
