"""Keep the answers of an interview, with consent, so that a page of them can be printed."""

import hashlib
import json
import os
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.services import Services, ServiceUnavailable

DEFAULT_URL = "http://127.0.0.1:5005/webhooks/chat"


def make_card(
    dispatcher: CollectingDispatcher, tracker: Tracker, services: Services
) -> list[dict[str, Any]]:
    """Called when the person has said yes to keeping the answers for that."""
    finished = tracker.get_slot("finished_interview")
    if not finished:
        dispatcher.utter_message(response="utter_no_card")
        return []
    content = json.dumps([tracker.sender_id, finished], sort_keys=True)
    key = hashlib.sha256(content.encode()).hexdigest()
    try:
        record = services.keep(finished["questionnaire"], finished["answers"], key)
    except ServiceUnavailable:
        dispatcher.utter_message(response="utter_card_unavailable")
        return []
    chat = os.environ.get("CHAT_URL", DEFAULT_URL)
    dispatcher.utter_message(
        response="utter_card_ready",
        page=f"{chat}/cards/{record}/card.html",
        pdf=f"{chat}/cards/{record}/card.pdf",
    )
    kept = tracker.get_slot("kept_records") or []
    return [SlotSet("kept_records", [*kept, record] if record not in kept else kept)]
