"""When a message asked two things: play back the second one as a message of its own."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import played_back


class ActionSecondQuestion(Action):
    """nlu/first_things_first.py calls it when the first question has its answer."""

    def name(self) -> str:
        return "action_second_question"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        message = tracker.latest_message
        second = dict(message["second"])
        return played_back(second.pop("text"), {**second, "entities": message["entities"]})
