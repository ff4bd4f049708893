"""After a danger the instruction stays in front until the person has ended the alarm."""

import hashlib
import time

import pytest

from scripts.settings import LOGS
from tests.conversations.conftest import Chat

LOG_SECONDS = 5
EMERGENCY = "my left arm just went numb and I can't lift it"


@pytest.mark.parametrize(
    "said",
    [
        "it's probably nothing",
        "my husband says it is only stress",
        "ok thanks",
        "Can you check if it suits me?",
        "Find someone near Boston, MA",
        "stop",
        "asdf qwer",
    ],
)
def test_nothing_but_an_explicit_answer_ends_it(chat: Chat, said: str) -> None:
    assert chat.say(EMERGENCY).urgencies == ["emergency"]
    replies = chat.say(said)
    assert replies.urgencies[0] == "emergency"
    assert "start_screening" not in replies.topics
    assert replies.text.startswith("First things first")
    assert "911" in replies.text


def test_a_question_is_answered_after_the_instruction(chat: Chat) -> None:
    chat.say(EMERGENCY)
    assert chat.say("What does a session cost?").topics == ["emergency_symptoms", "cost"]
    assert chat.say("Does it hurt?").topics == ["emergency_symptoms", "does_it_hurt"]


@pytest.mark.parametrize("answer", ["I am getting help", "Nobody is in danger now"])
def test_one_tap_ends_it(chat: Chat, answer: str) -> None:
    chat.say(EMERGENCY)
    assert answer in chat.say("ok").buttons
    assert chat.tap(answer).topics == ["alarm_over"]
    assert chat.say("What does a session cost?").topics == ["cost"]


def test_words_end_it_too(chat: Chat) -> None:
    chat.say(EMERGENCY)
    assert chat.say("the ambulance is on its way").topics == ["alarm_over"]


def test_it_lasts_through_a_long_conversation(chat: Chat) -> None:
    chat.say(EMERGENCY)
    for _ in range(12):
        replies = chat.say("Does it hurt?")
    assert replies.topics == ["emergency_symptoms", "does_it_hurt"]


def test_after_a_crisis_one_can_say_that_one_is_safe_or_ask_for_a_person(chat: Chat) -> None:
    chat.say("I want to end my life")
    replies = chat.say("what is dry needling")
    assert replies.urgencies[0] == "crisis"
    assert "988" in replies.messages[0]["text"]
    assert chat.say("I want to talk to a person").topics == ["crisis", "human_handoff"]
    assert chat.say("I am safe now").topics == ["alarm_over"]


def test_what_needs_a_doctor_today_is_told_so_and_holds_nothing_up(chat: Chat) -> None:
    replies = chat.say("the needle spot is red, hot and spreading")
    assert replies.urgencies == ["today"]
    assert "today" in replies.text
    assert chat.say("What does a session cost?").topics == ["cost"]


def test_a_doubt_is_asked_about_and_the_form_waits(chat: Chat) -> None:
    chat.say("Can you check if it suits me?")
    asked = chat.say('My poem has the line "my skull is struck by lightning". Is that a thing?')
    assert asked.topics == ["check_danger"]
    back = chat.tap("No, it is not happening now")
    assert back.topics == ["alarm_over", "migraine_basics", "start_screening"]
    chat.say('My poem has the line "my skull is struck by lightning". Is that a thing?')
    assert chat.tap("Yes, it is happening now").topics == ["emergency_symptoms"]


def test_daily_painkillers_are_answered_and_an_appointment_advised(chat: Chat) -> None:
    replies = chat.say("I take Excedrin almost every day, can needling help me take less?")
    assert replies.urgencies[-1] == "soon"
    assert len(replies.messages) == 2


def test_an_alarm_and_its_end_are_logged_without_a_word_of_what_was_said(chat: Chat) -> None:
    chat.say("My left arm just went numb and my face is drooping")
    chat.say("the ambulance is on its way")
    pseudonym = hashlib.sha256(chat.id.encode()).hexdigest()[:12]
    expected = [
        f"emergency_symptoms (conversation {pseudonym})",
        f"alarm_over (conversation {pseudonym})",
    ]
    # The stack copies what Rasa prints into the file a moment later.
    deadline = time.monotonic() + LOG_SECONDS
    while (logged := safety_events(pseudonym)) != expected and time.monotonic() < deadline:
        time.sleep(0.05)
    assert logged == expected


def safety_events(pseudonym: str) -> list[str]:
    log = (LOGS / "rasa.log").read_text()
    return [line.split("Safety: ")[1] for line in log.splitlines() if pseudonym in line]


def test_the_question_is_answered_once_the_doubt_is_gone(chat: Chat) -> None:
    chat.say('My poem has the line "my skull is struck by lightning". What does a session cost?')
    assert chat.tap("No, it is not happening now").topics == ["alarm_over", "cost"]
