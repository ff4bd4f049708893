"""Yes and no mean what the last message offered: its `if_yes` and `if_no` in responses.yml."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.card import make_card
from actions.conversation import last_answer, offer, played_back
from actions.privacy import erase_conversation
from actions.services import Services

ANSWER_OF_INTENT = {"affirm": "yes", "deny": "no"}
WITHOUT_OFFER = {"yes": "utter_affirm", "no": "utter_deny"}


class ActionTakeUpOffer(Action):
    """Carries out an offer: says a response, erases the conversation, makes a card, or starts a
    task as if the person had asked for it."""

    def __init__(self) -> None:
        self._services = Services.from_environment()

    def name(self) -> str:
        return "action_take_up_offer"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        answer = ANSWER_OF_INTENT[tracker.latest_message["intent"]["name"]]
        bot_event = last_answer(tracker)
        offered = offer(bot_event, answer) if bot_event else None
        if offered is None:
            dispatcher.utter_message(response=WITHOUT_OFFER[answer])
            return []
        if offered.startswith("utter_"):
            dispatcher.utter_message(response=offered)
            return []
        if offered == "erase_conversation":
            return erase_conversation(dispatcher, tracker, self._services)
        if offered == "make_card":
            return make_card(dispatcher, tracker, self._services)
        intent = {"name": offered, "confidence": 1.0}
        return played_back(tracker.latest_message["text"], {"intent": intent, "entities": []})
