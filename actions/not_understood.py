"""When nothing fits: say so, offer the menu; the second time in a row, offer a person first."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import misunderstandings_in_a_row


class ActionNotUnderstood(Action):
    def name(self) -> str:
        return "action_not_understood"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        again = misunderstandings_in_a_row(tracker) > 1
        dispatcher.utter_message(
            response="utter_out_of_scope_again" if again else "utter_out_of_scope"
        )
        return []
