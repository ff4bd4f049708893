"""What was last talked about."""

from rasa.shared.core.events import ActiveLoop, BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.conversation import last_topic


def said(response: str, topic: str | None = None) -> BotUttered:
    metadata = {"topic": topic} if topic else {}
    return BotUttered("...", metadata={"utter_action": response, "metadata": metadata})


def topic_after(*events: Event) -> str | None:
    return last_topic(DialogueStateTracker.from_events("test", list(events)))


def test_the_last_answer_counts() -> None:
    assert topic_after(said("utter_faq/cost"), said("utter_faq/insurance")) == "insurance"


def test_the_topic_of_a_response_may_be_written_in_it() -> None:
    assert topic_after(said("utter_providers_found", "find_provider")) == "find_provider"


def test_small_talk_is_left_out() -> None:
    assert topic_after(said("utter_faq/cost"), UserUttered("ta"), said("utter_thank")) == "cost"


def test_in_a_form_only_a_question_just_answered_counts() -> None:
    form = [ActiveLoop("screening_form"), said("utter_screening_question", "start_screening")]
    question = said("utter_screening_question", "start_screening")
    assert topic_after(said("utter_faq/cost"), UserUttered("check me"), *form) is None
    digression = [UserUttered("does it hurt?"), said("utter_faq/does_it_hurt"), question]
    assert topic_after(*form, *digression) == "does_it_hurt"
    assert topic_after(*form, *digression, UserUttered("no"), question) is None


def test_before_anything_was_said() -> None:
    assert topic_after() is None
    assert last_topic(None) is None
