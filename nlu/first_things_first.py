"""The policy that outranks all others: dangers first, and no question left over."""

from __future__ import annotations

from collections.abc import Collection
from itertools import dropwhile
from typing import Any

from rasa.core.constants import POLICY_PRIORITY
from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_DEACTIVATE_LOOP_NAME, ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.alarm import CHECKS, alarm_of
from nlu.dangers import DANGERS

ADVICE = "ask_medical_advice"
ACTION_SECOND_QUESTION = "action_second_question"
REMINDER, SEE_DOCTOR_SOON = "utter_still_alarmed", "utter_see_doctor_soon"
# The crisis reply asks whether someone is there.
UTTER_CRISIS = "utter_crisis"
IS_SOMEONE_WITH_YOU = {"affirm": "utter_crisis_with_someone", "deny": "utter_crisis_alone"}
# While an alarm is on, these are answered after the instruction; nothing else is.
ANSWERED_UNDER_ALARM = frozenset(
    {"faq", "human_handoff", "bot_challenge", "ask_privacy", "ask_sources", ADVICE}
)


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class FirstThingsFirstPolicy(Policy):
    """Says the reply to a safety intent and ends any form; sees to the second of two questions.

    While a form is active, RulePolicy runs the form before it looks at any rule, and the form
    needs the action server. So the safety rules of data/rules.yml would wait for another process,
    and be lost with it. This policy outranks RulePolicy and needs nothing but the tracker.

    After an emergency or a crisis the alarm stays on (slot `alarm`) until the person ends it. Until
    then the instruction comes before every answer, and no task is begun.

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
    asks_two = bool(message.parse_data.get("second")) and intent not in DANGERS
    steps = _steps(intent, alarm_of(tracker), _said_before(tracker))
    if intent == ADVICE and tracker.active_loop and not alarm_of(tracker):
        # "I take a small white pill" may be the answer to what a form asks: the form decides.
        steps = []
    if steps:
        following = [ACTION_SECOND_QUESTION] if asks_two and REMINDER not in steps else []
        return next((s for s in [*steps, *following] if s not in done), str(ACTION_LISTEN_NAME))
    if asks_two and done.difference(forms):
        return ACTION_SECOND_QUESTION
    if SEE_DOCTOR_SOON in done:
        return str(ACTION_LISTEN_NAME)
    needs_doctor = message.parse_data.get("see_doctor_soon") and tracker.active_loop is None
    if needs_doctor and done and not _has_been_said(tracker, SEE_DOCTOR_SOON):
        return SEE_DOCTOR_SOON
    return None


def _steps(intent: str | None, alarm: str | None, said_before: str | None) -> list[str]:
    """The actions that answer a message, where this policy answers it."""
    if intent in DANGERS:
        return [f"utter_{intent}", ACTION_DEACTIVATE_LOOP_NAME]
    if alarm and said_before == UTTER_CRISIS and intent in IS_SOMEONE_WITH_YOU:
        return [IS_SOMEONE_WITH_YOU[intent]]
    if alarm:
        return [REMINDER, *([f"utter_{intent}"] if intent in ANSWERED_UNDER_ALARM else [])]
    if intent == ADVICE:
        return [f"utter_{intent}", ACTION_DEACTIVATE_LOOP_NAME]
    return [f"utter_{intent}"] if intent in CHECKS.values() else []


def _said_before(tracker: DialogueStateTracker) -> str | None:
    """The response that the latest message answers."""
    events = reversed(tracker.events)
    before = dropwhile(lambda event: not isinstance(event, UserUttered), events)
    last = next((event for event in before if isinstance(event, BotUttered)), None)
    return last.metadata.get("utter_action") if last else None


def _has_been_said(tracker: DialogueStateTracker, response: str) -> bool:
    return any(isinstance(e, ActionExecuted) and e.action_name == response for e in tracker.events)


def _actions_since_the_latest_message(tracker: DialogueStateTracker) -> set[str]:
    done = set()
    for event in reversed(tracker.applied_events()):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, ActionExecuted) and event.action_name:
            done.add(event.action_name)
    return done
