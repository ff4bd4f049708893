"""Erase a conversation at the person's wish."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import AllSlotsReset, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.services import Services, ServiceUnavailable


def erase_conversation(
    dispatcher: CollectingDispatcher, tracker: Tracker, services: Services
) -> list[dict[str, Any]]:
    """Mark the conversation; channels/conversation_store.py erases it at the end of the turn.

    What was kept for cards goes, too. If it cannot be reached, it expires by itself, and the person
    is told so.
    """
    try:
        for record_id in tracker.get_slot("kept_records") or []:
            services.forget(record_id)
    except ServiceUnavailable:
        dispatcher.utter_message(response="utter_card_not_deleted")
    dispatcher.utter_message(response="utter_data_deleted")
    return [AllSlotsReset(), SlotSet("erase_conversation", True)]
