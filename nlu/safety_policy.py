"""The policy that carries out what the safety net found, whatever else is going on."""

from __future__ import annotations

from typing import Any

from rasa.core.constants import POLICY_PRIORITY
from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_DEACTIVATE_LOOP_NAME, ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

ANSWERED_FIRST_AND_ALONE = frozenset(
    {"emergency_symptoms", "post_needling_emergency", "crisis", "ask_medical_advice"}
)


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class SafetyFirstPolicy(Policy):
    """Says the reply to a safety intent, ends any form, and listens.

    While a form is active, RulePolicy runs the form before it looks at any rule, and the form
    needs the action server. So the safety rules of data/rules.yml would wait for another process,
    and be lost with it. This policy outranks RulePolicy and needs nothing but the tracker.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {POLICY_PRIORITY: 10}

    @staticmethod
    def supported_data() -> SupportedData:
        return SupportedData.ML_AND_RULE_DATA

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SafetyFirstPolicy:
        return cls(config, model_storage, resource, execution_context)

    def train(
        self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any
    ) -> Resource:
        """There is nothing to learn; an empty folder keeps Rasa's storage content."""
        with self._model_storage.write_to(self._resource):
            return self._resource

    def predict_action_probabilities(
        self, tracker: DialogueStateTracker, domain: Domain, **kwargs: Any
    ) -> PolicyPrediction:
        probabilities = self._default_predictions(domain)
        action = next_action(tracker)
        if action is not None:
            probabilities[domain.index_for_action(action)] = 1.0
        # Rasa lets "no user predictions", such as an active form, overrule all others.
        return self._prediction(probabilities, is_no_user_prediction=action is not None)


def next_action(tracker: DialogueStateTracker) -> str | None:
    """What is still to be done about the latest message, if it is a safety matter."""
    intent = tracker.latest_message.intent.get("name") if tracker.latest_message else None
    if intent not in ANSWERED_FIRST_AND_ALONE:
        return None
    done = _actions_since_the_latest_message(tracker)
    for action in (f"utter_{intent}", ACTION_DEACTIVATE_LOOP_NAME):
        if action not in done:
            return action
    return str(ACTION_LISTEN_NAME)


def _actions_since_the_latest_message(tracker: DialogueStateTracker) -> set[str]:
    done = set()
    for event in reversed(tracker.applied_events()):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, ActionExecuted) and event.action_name:
            done.add(event.action_name)
    return done
