"""What was said so far, read from the tracker. Pure functions."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecuted, UserUttered

SAFETY_INTENTS = frozenset(
    {
        "emergency_symptoms", "post_needling_emergency", "crisis", "ask_medical_advice",
        "check_danger", "check_crisis", "alarm_over",
    }
)  # fmt: skip
NOT_UNDERSTOOD_INTENTS = frozenset({"out_of_scope", "nlu_fallback"})


def last_answer(tracker: Tracker) -> dict[str, Any] | None:
    """The last message of the assistant that can be said again, as a bot event."""
    for event in reversed(tracker.events):
        if event["event"] == "bot" and event.get("text"):
            return dict(event)
    return None


def response_name(bot_event: dict[str, Any]) -> str | None:
    """The name of the response behind a bot event, such as "utter_faq/cost"."""
    return (bot_event.get("metadata") or {}).get("utter_action")


def offer(bot_event: dict[str, Any], answer: str) -> str | None:
    """What a bot event promised to do on "yes" or "no" (`if_yes`, `if_no` in its metadata)."""
    metadata = (bot_event.get("metadata") or {}).get("metadata") or {}
    return metadata.get(f"if_{answer}")


def misunderstandings_in_a_row(tracker: Tracker) -> int:
    """How many of the latest messages of the person were not understood, without a break."""
    count = 0
    for event in reversed(tracker.events):
        if event["event"] != "user":
            continue
        if event["parse_data"]["intent"].get("name") not in NOT_UNDERSTOOD_INTENTS:
            break
        count += 1
    return count


def played_back(text: str, parse_data: dict[str, Any]) -> list[dict[str, Any]]:
    """Events after which Rasa acts as if the person had now said `text`, understood that way.

    The mark keeps them out of the history that the person is shown: nothing was said twice.
    """
    return [
        ActionExecuted("action_listen"),
        UserUttered(text=text, parse_data={**parse_data, "played_back": True}),
    ]
