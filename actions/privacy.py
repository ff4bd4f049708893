"""Erase a conversation at the person's wish."""

from typing import Any

from rasa_sdk.events import AllSlotsReset, SlotSet
from rasa_sdk.executor import CollectingDispatcher


def erase_conversation(dispatcher: CollectingDispatcher) -> list[dict[str, Any]]:
    """Mark the conversation; channels/conversation_store.py erases it at the end of the turn."""
    dispatcher.utter_message(response="utter_data_deleted")
    return [AllSlotsReset(), SlotSet("erase_conversation", True)]
