"""The policy that outranks all others: dangers first, and no question left over."""

from __future__ import annotations

from collections.abc import Collection
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

from nlu.decision import DANGERS

ANSWERED_FIRST_AND_ALONE = DANGERS | {"ask_medical_advice"}
ACTION_SECOND_QUESTION = "action_second_question"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class FirstThingsFirstPolicy(Policy):
    """Says the reply to a safety intent and ends any form; sees to the second of two questions.

    While a form is active, RulePolicy runs the form before it looks at any rule, and the form
    needs the action server. So the safety rules of data/rules.yml would wait for another process,
    and be lost with it. This policy outranks RulePolicy and needs nothing but the tracker.

    A rule knows one intent a message. When the message asks two things, this policy has the second
    one played back as a message of its own, once the first has its answer.
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
    ) -> FirstThingsFirstPolicy:
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
        action = next_action(tracker, domain.form_names)
        if action is not None:
            probabilities[domain.index_for_action(action)] = 1.0
        # Rasa lets "no user predictions", such as an active form, overrule all others.
        return self._prediction(probabilities, is_no_user_prediction=action is not None)


def next_action(tracker: DialogueStateTracker, forms: Collection[str] = ()) -> str | None:
    """What is still to be done about the latest message, if that is for this policy to say."""
    message = tracker.latest_message
    if message is None:
        return None
    intent = message.intent.get("name")
    done = _actions_since_the_latest_message(tracker)
    needs_a_second_answer = bool(message.parse_data.get("second")) and intent not in DANGERS
    if intent in ANSWERED_FIRST_AND_ALONE:
        for action in (f"utter_{intent}", ACTION_DEACTIVATE_LOOP_NAME):
            if action not in done:
                return action
        return ACTION_SECOND_QUESTION if needs_a_second_answer else str(ACTION_LISTEN_NAME)
    return ACTION_SECOND_QUESTION if needs_a_second_answer and done.difference(forms) else None


def _actions_since_the_latest_message(tracker: DialogueStateTracker) -> set[str]:
    done = set()
    for event in reversed(tracker.applied_events()):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, ActionExecuted) and event.action_name:
            done.add(event.action_name)
    return done
