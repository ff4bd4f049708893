"""Leave whatever is going on. Answers already given are kept."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher


class ActionStop(Action):
    def name(self) -> str:
        return "action_stop"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        in_screening = tracker.active_loop_name == "screening_form"
        dispatcher.utter_message(
            response="utter_stopped_screening" if in_screening else "utter_stopped"
        )
        return []
