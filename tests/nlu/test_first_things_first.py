"""Dangers first and alone; no second question left over; and nothing else ever."""

import pytest
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.slots import TextSlot
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


ALARM = TextSlot("alarm", mappings=[{}], influence_conversation=False)


def alarmed(level: str, *events: Event) -> DialogueStateTracker:
    before = [LISTEN, message("crisis"), SlotSet("alarm", level), ActionExecuted("utter_crisis")]
    crisis = BotUttered("...", metadata={"utter_action": "utter_crisis"})
    return DialogueStateTracker.from_events("test", [*before, crisis, LISTEN, *events], [ALARM])


def all_steps(level: str, intent: str) -> list[str]:
    events: list[Event] = [message(intent)]
    while (action := next_action(alarmed(level, *events))) != "action_listen":
        assert action is not None
        events.append(ActionExecuted(action))
    return [e.action_name for e in events if isinstance(e, ActionExecuted)]


@pytest.mark.parametrize("level", ["emergency", "crisis"])
def test_while_an_alarm_is_on_the_instruction_comes_first(level: str) -> None:
    assert all_steps(level, "faq") == ["utter_still_alarmed", "utter_faq"]
    assert all_steps(level, "human_handoff") == ["utter_still_alarmed", "utter_human_handoff"]
    for intent in ("thank", "start_screening", "find_provider", "nlu_fallback", "stop"):
        assert all_steps(level, intent) == ["utter_still_alarmed"]


def test_it_outlives_neither_its_end_nor_a_lower_level() -> None:
    for level in ("over", "today"):
        assert next_action(alarmed(level, message("faq"))) is None


def test_the_question_of_the_crisis_reply_gets_its_answer() -> None:
    assert all_steps("crisis", "affirm") == ["utter_crisis_with_someone"]
    assert all_steps("crisis", "deny") == ["utter_crisis_alone"]


def test_a_question_whether_it_is_now_stands_alone_and_leaves_the_form() -> None:
    asked = [*FORM, LISTEN, message("check_danger")]
    assert next_action(tracker(*asked)) == "utter_check_danger"
    done = ActionExecuted("utter_check_danger")
    assert next_action(tracker(*asked, done)) == "action_listen"


def test_an_appointment_is_advised_after_the_answer_and_once() -> None:
    said = UserUttered("...", intent={"name": "faq"}, parse_data={"see_doctor_soon": True})
    asked = [LISTEN, said]
    assert next_action(tracker(*asked)) is None
    answered = [*asked, ActionExecuted("utter_faq")]
    assert next_action(tracker(*answered)) == "utter_see_doctor_soon"
    advised = [*answered, ActionExecuted("utter_see_doctor_soon")]
    assert next_action(tracker(*advised)) == "action_listen"
    later = [*advised, LISTEN, said, ActionExecuted("utter_faq")]
    assert next_action(tracker(*later)) is None


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
