"""A first message to a clinic, to copy and send oneself."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

UNKNOWN_RECIPIENT = "[name of the clinic]"


class ActionDraftEmail(Action):
    """Addresses the draft to the nearest provider of the last search, if there was one."""

    def name(self) -> str:
        return "action_draft_email"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        providers = (tracker.get_slot("provider_search") or {}).get("providers") or []
        recipient = providers[0]["name"] if providers else UNKNOWN_RECIPIENT
        dispatcher.utter_message(response="utter_email_draft", recipient=recipient)
        return []
