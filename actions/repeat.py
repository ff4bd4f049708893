"""Say the last answer again: as it was, in simpler words, or with more detail."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import last_answer, response_name

RESPONSES_WITH_STYLES = "utter_faq/"


class ActionRepeat(Action):
    """Simple words stay until the person asks for more; "more" is for one answer only."""

    def name(self) -> str:
        return "action_repeat"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        if tracker.active_loop_name:
            self._explain_question(dispatcher, tracker)
            return []
        answer = last_answer(tracker)
        if answer is None:
            dispatcher.utter_message(response="utter_nothing_to_repeat")
            return []
        name = response_name(answer) or ""
        if name.startswith(RESPONSES_WITH_STYLES):
            dispatcher.utter_message(response=name)
        else:
            if any(e["entity"] == "answer_style" for e in tracker.latest_message["entities"]):
                dispatcher.utter_message(response="utter_no_other_wording")
            say_again(dispatcher, answer, name)
        asked_for_more = tracker.get_slot("answer_style") == "more"
        return [SlotSet("answer_style", "short")] if asked_for_more else []

    def _explain_question(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        """Inside a form the question is asked again anyway; add why it is asked, if known."""
        state = tracker.get_slot("screening_state") or {}
        question = state.get("next_question")
        if tracker.active_loop_name == "screening_form" and question:
            dispatcher.utter_message(response="utter_screening_why", why=question["why"])


def say_again(dispatcher: CollectingDispatcher, answer: dict[str, Any], name: str) -> None:
    """Send the words of a bot event once more, with its buttons and metadata."""
    metadata = answer["metadata"].get("metadata") or {}
    dispatcher.utter_message(
        text=answer["text"],
        buttons=(answer.get("data") or {}).get("buttons"),
        metadata={"topic": name[len("utter_") :], **metadata},
    )
