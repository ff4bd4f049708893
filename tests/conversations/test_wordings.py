"""Say it again, say it simpler, say more."""

from tests.content.conftest import RESPONSES
from tests.conversations.conftest import Chat


def wording(topic: str, number: int) -> str:
    text: str = RESPONSES[f"utter_faq/{topic}"][number]["text"]
    return text


def test_simpler_words_for_the_last_answer(chat: Chat) -> None:
    chat.say("What are the rare serious risks?")
    assert chat.say("can you say that in simpler words?").text == wording("serious_risks", 1)


def test_simple_words_stay_for_the_next_question(chat: Chat) -> None:
    chat.say("Does it hurt?")
    chat.say("simpler please")
    assert chat.say("What does a session cost?").text == wording("cost", 1)


def test_more_is_for_this_answer_only(chat: Chat) -> None:
    chat.say("What does a session cost?")
    assert chat.say("tell me more about that").text == wording("cost", 2)
    assert chat.say("Does it hurt?").text == wording("does_it_hurt", 0)


def test_once_more(chat: Chat) -> None:
    first = chat.say("What about insurance?").text
    assert chat.say("say that again please").text == first
    assert chat.say("can you repeat that").text == first


def test_nothing_to_repeat_yet(chat: Chat) -> None:
    assert "nothing to repeat" in chat.say("repeat that please").text


def test_what_has_one_wording_is_said_again(chat: Chat) -> None:
    greeting = chat.say("hello").text
    assert chat.say("say that again please").text == greeting
    assert "one wording" in chat.say("simpler please").text
