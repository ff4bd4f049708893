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

from nlu.classifier import SIDE_RANKINGS
from nlu.decision import DANGERS

NOT_FOR_US = {"name": "nlu_fallback", "confidence": 1.0}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafetyNet(IntentClassifier, GraphComponent):
    """Stands last in the pipeline and overrides the intent, the fallback included.

    When the safety intents together are at least as likely as `raise_at`, the likeliest of them
    becomes the intent. The same holds from `raise_at_side` on for a part of the message, so that a
    danger between two questions about the price is seen. A needless "call 911" costs less than a
    missed one. Only the words of a button that was just shown, such as "Nervous, or I have
    fainted", raise no alarm: the assistant wrote them itself, and the form that asked decides what
    they mean.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [IntentClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"raise_at": 0.3, "raise_at_side": 0.9}

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
        self._raise_at_side = config["raise_at_side"]

    def process(
        self, messages: list[Message], tracker: DialogueStateTracker | None = None
    ) -> list[Message]:
        offered = _choices_just_shown(tracker)
        for message in messages:
            if message.get(TEXT) in offered:
                if message.get(INTENT, {}).get("name") in DANGERS:
                    message.set(INTENT, dict(NOT_FOR_US), add_to_output=True)
                continue
            danger = _danger(message.get(INTENT_RANKING_KEY, []), self._raise_at)
            for ranking in message.get(SIDE_RANKINGS, []):
                danger = danger or _danger(ranking, self._raise_at_side)
            if danger:
                message.set(INTENT, dict(danger), add_to_output=True)
        return messages


def _danger(ranking: list[dict[str, Any]], raise_at: float) -> dict[str, Any] | None:
    """The likeliest danger of a ranking, if all its dangers together are likely enough."""
    dangers = [candidate for candidate in ranking if candidate["name"] in DANGERS]
    if not dangers or sum(candidate["confidence"] for candidate in dangers) < raise_at:
        return None
    return max(dangers, key=lambda candidate: candidate["confidence"])


def _choices_just_shown(tracker: DialogueStateTracker | None) -> frozenset[str]:
    """The payloads of the buttons under what the assistant said last."""
    shown: set[str] = set()
    for event in reversed(tracker.events if tracker else ()):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, BotUttered):
            shown.update(button["payload"] for button in event.data.get("buttons") or [])
    return frozenset(shown)
