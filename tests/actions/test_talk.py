"""The small actions: repeat, yes and no, stop, not understood, e-mail, erase."""

from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import misunderstandings_in_a_row
from actions.email import UNKNOWN_RECIPIENT, ActionDraftEmail
from actions.not_understood import ActionNotUnderstood
from actions.offers import ActionTakeUpOffer
from actions.repeat import ActionRepeat
from actions.second_question import ActionSecondQuestion
from actions.stop import ActionStop
from tests.actions.conftest import bot, conversation, user


def run(action: Action, tracker: Tracker) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    dispatcher = CollectingDispatcher()
    return dispatcher.messages, action.run(dispatcher, tracker, {})


def responses(messages: list[dict[str, Any]]) -> list[str | None]:
    return [message["response"] for message in messages]


def test_an_answer_is_said_again_by_its_name() -> None:
    tracker = conversation(bot("utter_faq/cost"), user("again", "repeat"))
    messages, events = run(ActionRepeat(), tracker)
    assert responses(messages) == ["utter_faq/cost"]
    assert events == []


def test_more_is_for_one_answer_only() -> None:
    tracker = conversation(
        bot("utter_faq/cost"), user("more", "repeat", answer_style="more"), answer_style="more"
    )
    _, events = run(ActionRepeat(), tracker)
    assert [(e["name"], e["value"]) for e in events] == [("answer_style", "short")]


def test_simple_words_stay() -> None:
    tracker = conversation(
        bot("utter_faq/cost"),
        user("simpler", "repeat", answer_style="simple"),
        answer_style="simple",
    )
    assert run(ActionRepeat(), tracker)[1] == []


def test_what_has_one_wording_is_repeated_as_it_was() -> None:
    tracker = conversation(bot("utter_greet", text="Hello!"), user("again", "repeat"))
    messages, _ = run(ActionRepeat(), tracker)
    assert [message["text"] for message in messages] == ["Hello!"]
    assert messages[0]["metadata"]["topic"] == "greet"


def test_asking_for_simpler_words_that_do_not_exist_is_said() -> None:
    tracker = conversation(bot("utter_greet"), user("simpler", "repeat", answer_style="simple"))
    messages, _ = run(ActionRepeat(), tracker)
    assert responses(messages)[0] == "utter_no_other_wording"
    assert len(messages) == 2


def test_nothing_to_repeat() -> None:
    messages, _ = run(ActionRepeat(), conversation(user("again", "repeat")))
    assert responses(messages) == ["utter_nothing_to_repeat"]


def test_in_the_screening_the_question_is_explained() -> None:
    state = {"next_question": {"why": "Because."}}
    tracker = conversation(
        bot("utter_screening_question"),
        user("simpler", "repeat"),
        loop="screening_form",
        screening_state=state,
    )
    messages, _ = run(ActionRepeat(), tracker)
    assert (messages[0]["response"], messages[0]["why"]) == ("utter_screening_why", "Because.")


@pytest.mark.parametrize(
    ("intent", "offer", "response"),
    [
        ("affirm", {"if_yes": "utter_crisis_with_someone"}, "utter_crisis_with_someone"),
        ("deny", {"if_no": "utter_crisis_alone"}, "utter_crisis_alone"),
        ("affirm", {"if_no": "utter_data_kept"}, "utter_affirm"),
        ("affirm", {}, "utter_affirm"),
        ("deny", {}, "utter_deny"),
        ("affirm", {"if_yes": "erase_conversation"}, "utter_data_deleted"),
    ],
)
def test_yes_and_no_mean_what_was_offered(
    intent: str, offer: dict[str, str], response: str
) -> None:
    tracker = conversation(bot("utter_x", **offer), user("...", intent))
    messages, _ = run(ActionTakeUpOffer(), tracker)
    assert responses(messages) == [response]


def test_yes_to_a_task_is_as_good_as_asking_for_it() -> None:
    tracker = conversation(bot("utter_x", if_yes="find_provider"), user("yes", "affirm"))
    messages, events = run(ActionTakeUpOffer(), tracker)
    assert messages == []
    assert events[-1]["event"] == "user"
    assert events[-1]["parse_data"]["intent"]["name"] == "find_provider"


def test_yes_before_anything_was_said() -> None:
    messages, _ = run(ActionTakeUpOffer(), conversation(user("yes", "affirm")))
    assert responses(messages) == ["utter_affirm"]


def test_erasing_marks_the_conversation_and_empties_the_slots() -> None:
    tracker = conversation(
        bot("utter_delete_data", if_yes="erase_conversation"), user("y", "affirm")
    )
    _, events = run(ActionTakeUpOffer(), tracker)
    assert events[0]["event"] == "reset_slots"
    assert (events[1]["name"], events[1]["value"]) == ("erase_conversation", True)


def test_stopping_the_screening_keeps_the_answers() -> None:
    messages, events = run(ActionStop(), conversation(user("stop", "stop"), loop="screening_form"))
    assert responses(messages) == ["utter_stopped_screening"]
    assert events == []
    assert responses(run(ActionStop(), conversation(user("stop", "stop")))[0]) == ["utter_stopped"]


def test_the_second_misunderstanding_in_a_row_offers_a_person() -> None:
    first = conversation(user("blah", "out_of_scope"))
    second = conversation(user("blah", "nlu_fallback"), bot("x"), user("bleh", "out_of_scope"))
    later = conversation(
        user("blah", "out_of_scope"), user("cost?", "faq"), user("a", "nlu_fallback")
    )
    assert responses(run(ActionNotUnderstood(), first)[0]) == ["utter_out_of_scope"]
    assert responses(run(ActionNotUnderstood(), second)[0]) == ["utter_out_of_scope_again"]
    assert responses(run(ActionNotUnderstood(), later)[0]) == ["utter_out_of_scope"]
    assert misunderstandings_in_a_row(second) == 2


def offered(intent: str, *labels: str) -> dict[str, Any]:
    message = user("hm", intent)
    message["parse_data"]["offered"] = list(labels)
    return message


def test_what_may_be_meant_is_offered_in_the_words_of_a_patient() -> None:
    labels = ("faq/cost", "ask_medical_advice", "find_provider")
    messages, _ = run(ActionNotUnderstood(), conversation(offered("nlu_fallback", *labels)))
    assert responses(messages) == ["utter_ask_which"]
    titles = [button["title"] for button in messages[0]["buttons"]]
    assert titles == ["What does a session cost?", "Find someone near me"]
    assert all(button["title"] == button["payload"] for button in messages[0]["buttons"])


def test_out_of_scope_with_something_near_says_so() -> None:
    messages, _ = run(ActionNotUnderstood(), conversation(offered("out_of_scope", "faq/cost")))
    assert responses(messages) == ["utter_out_of_scope_perhaps"]


def test_the_second_time_a_person_is_offered_whatever_may_be_meant() -> None:
    said = [user("blah", "nlu_fallback"), bot("x"), offered("nlu_fallback", "faq/cost")]
    messages, _ = run(ActionNotUnderstood(), conversation(*said))
    assert responses(messages) == ["utter_out_of_scope_again"]


def test_a_second_question_is_played_back_as_a_message_of_its_own() -> None:
    message = user("what is it, and who does it in 60614", "faq", place="60614")
    message["parse_data"]["second"] = {"text": "who does it", "intent": {"name": "find_provider"}}
    messages, events = run(ActionSecondQuestion(), conversation(message))
    assert messages == []
    assert [e["event"] for e in events] == ["action", "user"]
    assert events[1]["text"] == "who does it"
    parsed = events[1]["parse_data"]
    assert parsed["intent"] == {"name": "find_provider"}
    assert parsed["entities"] == message["parse_data"]["entities"]
    assert parsed["played_back"] is True


def test_a_draft_is_addressed_to_the_nearest_of_the_last_search() -> None:
    nearest = {"providers": [{"name": "SAMPLE Clinic"}, {"name": "SAMPLE Other"}]}
    for search, recipient in ((nearest, "SAMPLE Clinic"), (None, UNKNOWN_RECIPIENT)):
        messages, _ = run(ActionDraftEmail(), conversation(provider_search=search))
        assert messages[0]["recipient"] == recipient
