"""The safety net in the trained model: it outranks whatever was understood, and can be answered."""

from typing import Any

import pytest
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker

from tests.nlu.conftest import Parse

ALARM = TextSlot("alarm", mappings=[{}], influence_conversation=False)


def after(*events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("test", list(events), [ALARM])


def alarm_in(parsed: dict[str, Any]) -> str | None:
    return next((e["value"] for e in parsed["entities"] if e["entity"] == "alarm"), None)


@pytest.mark.parametrize(
    ("text", "intent", "alarm"),
    [
        ("My left arm is numb and my face is drooping", "emergency_symptoms", "emergency"),
        ("since the needling I cannot catch my breath", "post_needling_emergency", "emergency"),
        ("the needle spot is red, hot and spreading", "post_needling_emergency", "today"),
        ("I want to kill myself", "crisis", "crisis"),
        (
            "How much is it? My arm just went numb. Do you take cards?",
            "emergency_symptoms",
            "emergency",
        ),
        ("no fever, but I can't see out of one eye", "emergency_symptoms", "emergency"),
    ],
)
def test_a_danger_outranks_everything(parse: Parse, text: str, intent: str, alarm: str) -> None:
    parsed = parse(text)
    assert parsed["intent"]["name"] == intent
    assert alarm_in(parsed) == alarm
    assert "second" not in parsed


@pytest.mark.parametrize(
    "text",
    [
        "no chest pain, no numbness, how much is it?",
        "what is a thunderclap headache?",
        "I'm dying to know the price",
    ],
)
def test_a_mere_mention_raises_no_alarm(parse: Parse, text: str) -> None:
    parsed = parse(text)
    assert alarm_in(parsed) is None
    assert parsed["intent"]["name"] == "faq"


def test_a_button_that_was_just_shown_is_no_danger(parse: Parse) -> None:
    choice = "My face is drooping"
    shown = BotUttered("?", {"buttons": [{"title": choice, "payload": choice}]})
    assert alarm_in(parse(choice)) == "emergency"
    assert alarm_in(parse(choice, after(shown))) is None
    assert alarm_in(parse(choice, after(shown, UserUttered("something else")))) == "emergency"


def test_only_an_explicit_answer_ends_an_alarm(parse: Parse) -> None:
    alarmed = after(SlotSet("alarm", "emergency"))
    assert parse("I am getting help", alarmed)["intent"]["name"] == "alarm_over"
    assert alarm_in(parse("I am getting help", alarmed)) == "over"
    for text in (
        "it is probably nothing",
        "my wife says I overreact",
        "ok thanks",
        "I feel better",
    ):
        parsed = parse(text, alarmed)
        assert parsed["intent"]["name"] != "alarm_over"
        assert alarm_in(parsed) != "over"
    assert parse("I am getting help")["intent"]["name"] != "alarm_over", "nothing to end"


def test_a_lower_level_does_not_end_a_higher_one(parse: Parse) -> None:
    infection = "the needle spot is red, hot and spreading"
    assert alarm_in(parse(infection, after(SlotSet("alarm", "emergency")))) == "emergency"


def test_the_answer_to_whether_it_is_happening_now(parse: Parse) -> None:
    asked = after(BotUttered("?", metadata={"utter_action": "utter_check_danger"}))
    for yes in ("yes", "Yes, it is happening now"):
        assert parse(yes, asked)["intent"]["name"] == "emergency_symptoms"
    for no in ("no", "No, it is not happening now"):
        assert parse(no, asked)["intent"]["name"] == "alarm_over"
    assert parse("yes")["intent"]["name"] == "affirm"


def test_who_says_yes_to_a_suspected_crisis_gets_the_crisis_line(parse: Parse) -> None:
    asked = after(BotUttered("?", metadata={"utter_action": "utter_check_crisis"}))
    for yes in ("yes", "Yes, I am"):
        assert alarm_in(parse(yes, asked)) == "crisis"
    for no in ("no", "No, I am not"):
        assert parse(no, asked)["intent"]["name"] == "alarm_over"


def test_the_question_that_was_put_off_is_kept(parse: Parse) -> None:
    put_off = {"text": "how much is it?", "intent": {"name": "faq"}}
    said = UserUttered("...", {"name": "check_danger"}, parse_data={"put_off": put_off})
    asked = after(said, BotUttered("?", metadata={"utter_action": "utter_check_danger"}))
    assert parse("no, not now", asked)["second"] == put_off


def test_a_habit_that_needs_a_doctor_is_noted_beside_the_answer(parse: Parse) -> None:
    parsed = parse("I take Excedrin almost every day, can needling help me take less?")
    assert parsed["see_doctor_soon"]
    assert parsed["intent"]["name"] == "faq"
