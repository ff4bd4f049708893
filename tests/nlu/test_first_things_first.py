"""Dangers first and alone; no second question left over; and nothing else ever."""

import pytest
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.first_things_first import next_action

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


def two_questions(intent: str) -> UserUttered:
    second = {"text": "...", "intent": {"name": "faq"}}
    return UserUttered("...", intent={"name": intent}, parse_data={"second": second})


def test_the_second_of_two_questions_is_played_back_after_the_first_answer() -> None:
    asked = [LISTEN, two_questions("faq")]
    assert next_action(tracker(*asked)) is None
    answered = [*asked, ActionExecuted("utter_faq")]
    assert next_action(tracker(*answered)) == "action_second_question"
    played_back = [ActionExecuted("action_second_question"), LISTEN, message("faq")]
    assert next_action(tracker(*answered, *played_back)) is None


def test_a_form_that_has_begun_to_ask_keeps_the_word() -> None:
    asked = [LISTEN, two_questions("start_screening"), ActionExecuted("screening_form")]
    assert next_action(tracker(*asked), forms=["screening_form"]) is None


def test_a_refusal_is_followed_by_the_other_answer_and_a_danger_by_nothing() -> None:
    def all_done(intent: str) -> DialogueStateTracker:
        done = [ActionExecuted(f"utter_{intent}"), ActionExecuted("action_deactivate_loop")]
        return tracker(LISTEN, two_questions(intent), *done)

    assert next_action(all_done("ask_medical_advice")) == "action_second_question"
    assert next_action(all_done("emergency_symptoms")) == "action_listen"
