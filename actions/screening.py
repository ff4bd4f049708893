"""The safety questions: one at a time, in any words, left and resumed at will.

The screening service holds the questions and the rules; here is only the conversation. The loop
of `screening_form` runs on the slot `screening_answer`, which stays empty while there is a next
question and then says why the loop ended.
"""

import asyncio
from dataclasses import asdict
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import NOT_UNDERSTOOD_INTENTS, SAFETY_INTENTS
from actions.reading import normalized, read_choice
from actions.services import Services, ServiceUnavailable

COMPLETE = "complete"
UNAVAILABLE = "unavailable"
MISUNDERSTOOD = "misunderstood"

LEAVING_INTENTS = frozenset({"stop", "human_handoff", "delete_data", "repeat"})
RESTARTING_INTENTS = frozenset({"start_screening", "affirm", "deny"})
ENOUGH_MISUNDERSTANDINGS = 3
LONGEST_WHY = 6

Event = dict[str, Any]


class ValidateScreeningForm(Action):
    """Reads the answer and asks the service what comes next.

    Returning no slot at all tells Rasa that the message was no answer: it is then answered by the
    rule for its intent, and the pending question is asked again.
    """

    def __init__(self) -> None:
        self._services = Services.from_environment()

    def name(self) -> str:
        return "validate_screening_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Event]:
        answers: dict[str, str] = dict(tracker.get_slot("screening_answers") or {})
        question = (tracker.get_slot("screening_state") or {}).get("next_question")
        if question and tracker.get_slot("requested_slot") == "screening_answer":
            intent = tracker.latest_message["intent"].get("name")
            text = tracker.latest_message.get("text") or ""
            code = answer_to(question, text, intent)
            if code is None:
                if is_why(text):
                    dispatcher.utter_message(response="utter_screening_why", why=question["why"])
                    return [SlotSet("screening_answer", None)]
                if is_digression(intent):
                    return []
                return self._misunderstood(dispatcher, tracker)
            answers[question["id"]] = code
        try:
            assessment = await asyncio.to_thread(self._services.assess, answers)
        except ServiceUnavailable:
            return [
                SlotSet("screening_answers", answers),
                SlotSet("screening_answer", UNAVAILABLE),
            ]
        return [
            SlotSet("screening_answers", answers),
            SlotSet("screening_state", asdict(assessment)),
            SlotSet("form_misunderstandings", 0),
            SlotSet("screening_answer", None if assessment.next_question else COMPLETE),
        ]

    def _misunderstood(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        count = tracker.get_slot("form_misunderstandings") + 1
        if count >= ENOUGH_MISUNDERSTANDINGS:
            return [
                SlotSet("form_misunderstandings", 0),
                SlotSet("screening_answer", MISUNDERSTOOD),
            ]
        dispatcher.utter_message(response="utter_screening_unclear")
        return [SlotSet("form_misunderstandings", count), SlotSet("screening_answer", None)]


class ActionAskScreeningAnswer(Action):
    """Asks the pending question, with its choices as buttons."""

    def name(self) -> str:
        return "action_ask_screening_answer"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Event]:
        state = tracker.get_slot("screening_state")
        question, answered, total = state["next_question"], state["answered"], state["total"]
        if tracker.latest_message["intent"].get("name") == "start_screening":
            opening = "utter_screening_resumed" if answered else "utter_screening_intro"
            dispatcher.utter_message(response=opening, answered=answered, total=total)
        dispatcher.utter_message(
            response="utter_screening_question",
            number=answered + 1,
            total=total,
            question=question["text"],
            buttons=[
                {"title": choice["title"], "payload": choice["title"]}
                for choice in question["choices"]
            ],
        )
        return []


class ActionScreeningResult(Action):
    """Says how the questions ended, and what to do with the result."""

    def name(self) -> str:
        return "action_screening_result"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Event]:
        ended = tracker.get_slot("screening_answer")
        if ended == UNAVAILABLE:
            dispatcher.utter_message(response="utter_screening_unavailable")
        elif ended == MISUNDERSTOOD:
            dispatcher.utter_message(response="utter_screening_too_unclear")
        elif ended == COMPLETE:
            return self._result(dispatcher, tracker.get_slot("screening_state"))
        return [SlotSet("screening_answer", None)]

    def _result(self, dispatcher: CollectingDispatcher, state: dict[str, Any]) -> list[Event]:
        outcome = state["outcome"]
        if outcome == "emergency":
            dispatcher.utter_message(response="utter_emergency_symptoms")
        else:
            reasons = "\n".join(f"- {reason['advice']}" for reason in state["reasons"])
            dispatcher.utter_message(response=f"utter_screening_{outcome}", reasons=reasons)
        return [
            SlotSet("screening_answer", None),
            SlotSet("screening_answers", None),
            SlotSet("screening_state", None),
        ]


def answer_to(question: dict[str, Any], text: str, intent: str | None) -> str | None:
    """The code of the choice that a message means, or None if it is no answer.

    A danger always comes first; a wish to leave comes before a loose reading of the words, but
    not before a choice that was named in full.
    """
    if intent in SAFETY_INTENTS:
        return None
    if any(normalized(text) == normalized(choice["title"]) for choice in question["choices"]):
        return read_choice(text, question["choices"])
    if intent in LEAVING_INTENTS:
        return None
    return read_choice(text, question["choices"])


def is_why(text: str) -> bool:
    """Does the message ask why the question is asked?"""
    words = normalized(text).split()
    return bool(words) and words[0] == "why" and len(words) <= LONGEST_WHY


def is_digression(intent: str | None) -> bool:
    """Is a message that is no answer worth a reply of its own?"""
    return intent is not None and intent not in NOT_UNDERSTOOD_INTENTS | RESTARTING_INTENTS
