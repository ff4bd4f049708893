"""The safety policy: reply, end the form, listen; and nothing else ever."""

import pytest
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.safety_policy import next_action

LISTEN = ActionExecuted("action_listen")
FORM = [LISTEN, UserUttered("check me"), ActionExecuted("screening_form"), ActiveLoop("form")]


def tracker(*events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("test", list(events))


def message(intent: str) -> UserUttered:
    return UserUttered("...", intent={"name": intent})


@pytest.mark.parametrize("before", [[], FORM])
def test_a_danger_is_answered_and_ends_what_was_going_on(before: list[Event]) -> None:
    events = [*before, LISTEN, message("crisis")]
    done: list[str] = []
    while not done or done[-1] != "action_listen":
        action = next_action(tracker(*events))
        assert action is not None
        done.append(action)
        events += [ActionExecuted(action), BotUttered("...")]
    assert done == ["utter_crisis", "action_deactivate_loop", "action_listen"]


def test_the_next_message_is_judged_anew() -> None:
    answered = [LISTEN, message("crisis"), ActionExecuted("utter_crisis"), LISTEN]
    assert next_action(tracker(*answered, message("faq"))) is None
    assert next_action(tracker(*answered, message("crisis"))) == "utter_crisis"


@pytest.mark.parametrize("intent", ["faq", "affirm", "out_of_scope", "nlu_fallback"])
def test_it_keeps_out_of_everything_else(intent: str) -> None:
    assert next_action(tracker(LISTEN, message(intent))) is None
    assert next_action(tracker()) is None
