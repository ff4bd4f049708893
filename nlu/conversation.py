"""What was said so far, read from Rasa's tracker. Pure functions."""

from __future__ import annotations

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

# Said about the conversation, not about a topic: what was talked about before still counts.
NO_TOPIC = frozenset(
    {
        "greet", "goodbye", "thank", "affirm", "deny", "stop", "repeat", "out_of_scope",
        "feedback_positive", "feedback_negative", "bot_challenge", "ask_capabilities",
        "check_danger", "check_crisis", "alarm_over",
    }
)  # fmt: skip

TOPICS_OF_FORMS = frozenset({"start_screening", "find_provider"})


def last_topic(tracker: DialogueStateTracker | None) -> str | None:
    """The topic id that the assistant spoke about last, small talk left out.

    While a form is active only a question that was answered in between, one message ago, counts:
    what comes next is most likely meant for the form.
    """
    in_form = tracker is not None and tracker.active_loop is not None
    for event in reversed(tracker.events if tracker else ()):
        if in_form and isinstance(event, UserUttered):
            break
        if not isinstance(event, BotUttered):
            continue
        topic = _topic(event)
        if topic and topic not in NO_TOPIC and not (in_form and topic in TOPICS_OF_FORMS):
            return topic
    return None


def _topic(event: BotUttered) -> str:
    response = event.metadata.get("utter_action") or ""
    topic = (event.metadata.get("metadata") or {}).get("topic")
    return str(topic or response.removeprefix("utter_").rpartition("/")[2])
