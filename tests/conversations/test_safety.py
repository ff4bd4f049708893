"""Dangers come first, alone, and end whatever was going on."""

import pytest

from tests.content.conftest import RESPONSES
from tests.conversations.conftest import Chat


@pytest.mark.parametrize(
    ("said", "topic", "urgency"),
    [
        (
            "the worst headache of my life came out of nowhere ten minutes ago",
            "emergency_symptoms",
            "emergency",
        ),
        ("one side of my face is drooping", "emergency_symptoms", "emergency"),
        (
            "he had needles in his shoulder this morning and now he is short of breath",
            "post_needling_emergency",
            "emergency",
        ),
        ("I don't want to live any more", "crisis", "crisis"),
        ("how many mg of sumatriptan should I take tonight?", "ask_medical_advice", "today"),
    ],
)
def test_its_reply_comes_first_and_alone(chat: Chat, said: str, topic: str, urgency: str) -> None:
    replies = chat.say(said)
    assert replies.text == RESPONSES[f"utter_{topic}"][0]["text"]
    assert replies.topics == [topic]
    assert replies.urgencies == [urgency]
    assert replies.buttons == []


@pytest.mark.parametrize("form", ["Can you check if it suits me?", "Find someone near me"])
def test_a_form_gives_way(chat: Chat, form: str) -> None:
    chat.say(form)
    assert chat.say("I suddenly can't move my right arm").topics == ["emergency_symptoms"]
    assert chat.say("What does a session cost?").topics == ["emergency_symptoms", "cost"]


def test_crisis_asks_whether_somebody_is_there_and_heeds_the_answer(chat: Chat) -> None:
    chat.say("I am going to end my life")
    alone = chat.say("no")
    assert alone.urgencies == ["crisis"]
    assert "988" in alone.text
    chat.say("I want to die")
    assert "tell them what you told me" in chat.say("yes, my sister is here").text


def test_no_drug_and_no_dose_is_ever_named(chat: Chat) -> None:
    text = chat.say("should I take ibuprofen or naproxen right now?").text
    assert "pharmacist" in text
    assert "ibuprofen" not in text
