"""When it is not clear what was meant: ask which, or say so and offer the menu or a person."""

from pathlib import Path
from typing import Any

import yaml
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import misunderstandings_in_a_row

QUESTIONS: dict[str, str] = yaml.safe_load(
    (Path(__file__).resolve().parent.parent / "data" / "questions.yml").read_text()
)


class ActionNotUnderstood(Action):
    """The second time in a row a person is offered first."""

    def name(self) -> str:
        return "action_not_understood"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        message = tracker.latest_message
        questions = questions_for(message.get("offered") or [])
        if misunderstandings_in_a_row(tracker) > 1:
            dispatcher.utter_message(response="utter_out_of_scope_again")
        elif not questions:
            dispatcher.utter_message(response="utter_out_of_scope")
        else:
            is_elsewhere = message["intent"]["name"] == "out_of_scope"
            dispatcher.utter_message(
                response="utter_out_of_scope_perhaps" if is_elsewhere else "utter_ask_which",
                buttons=[{"title": question, "payload": question} for question in questions],
            )
        return []


def questions_for(labels: list[str]) -> list[str]:
    """The questions that stand for labels such as "faq/cost", without those never offered."""
    topics = [label.removeprefix("faq/") for label in labels]
    return [QUESTIONS[topic] for topic in topics if topic in QUESTIONS]
