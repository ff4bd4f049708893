"""Finding somebody: in one sentence, step by step, and when the place is not clear."""

import pytest

from tests.conversations.conftest import Chat


def test_a_place_in_the_question_is_enough(chat: Chat) -> None:
    replies = chat.say("find a therapist near 60614")
    assert replies.topics == ["find_provider"]
    assert "60614 (Chicago, IL)" in replies.text
    assert "SAMPLE Physical Therapy" in replies.text
    assert "These entries are SAMPLES" in replies.text
    assert "Illinois: physical therapists may" in replies.text
    assert "January 2026" in replies.text
    assert "check the license" in replies.text


def test_a_city_and_state(chat: Chat) -> None:
    assert "Nearest to Austin, TX" in chat.say("who does needling in Austin, TX?").text


def test_asked_for_the_place(chat: Chat) -> None:
    assert "Where should I look?" in chat.say("Find someone near me").text
    assert "Nearest to Denver, CO" in chat.say("Denver").text


def test_several_cities_of_one_name(chat: Chat) -> None:
    chat.say("Find someone near me")
    replies = chat.say("Portland")
    assert replies.buttons[:2] == ["Portland, OR", "Portland, ME"]
    assert len(replies.messages) == 1
    assert "Nearest to Portland, ME" in chat.say("the one in Maine").text


def test_a_choice_can_be_tapped(chat: Chat) -> None:
    chat.say("Find someone near me")
    chat.say("Portland")
    replies = chat.tap("Portland, OR")
    assert "Nearest to Portland, OR" in replies.text
    assert "may not do dry needling" in replies.text
    assert "physical therapist," not in replies.text


def test_a_whole_state_is_too_large(chat: Chat) -> None:
    chat.say("Find someone near me")
    assert "whole state" in chat.say("Texas").text
    assert "Nearest to Houston, TX" in chat.say("Houston").text


@pytest.mark.parametrize("place", ["00000", "Qwertyville", "99999"])
def test_an_unknown_place_is_asked_for_again(chat: Chat, place: str) -> None:
    chat.say("Find someone near me")
    assert f'could not find "{place}"' in chat.say(place).text
    assert "60614" in chat.say("60614").text


@pytest.mark.parametrize(
    "said", ["city", "could you please just find me somebody who does this", "in"]
)
def test_no_place_is_asked_about_again(chat: Chat, said: str) -> None:
    chat.say("Find someone near me")
    assert "Where should I look?" in chat.say(said).messages[-1]["text"]


def test_it_gives_up_politely(chat: Chat) -> None:
    chat.say("Find someone near me")
    for _ in range(2):
        chat.say("00000")
    ended = chat.say("00000")
    assert "stopped the search" in ended.text
    assert chat.say("Does it hurt?").topics == ["does_it_hurt"]


def test_nobody_near_says_what_else_to_do(chat: Chat) -> None:
    replies = chat.say("find a provider near 99723")
    assert "I found nobody within 50 miles" in replies.text
    assert "search the web" in replies.text


def test_a_question_in_between(chat: Chat) -> None:
    chat.say("Find someone near me")
    replies = chat.say("wait, what qualifications should they have?")
    assert replies.topics == ["practitioner_credentials", "find_provider"]
    assert "Nearest to Boston, MA" in chat.say("Right. Boston, MA").text


def test_the_search_can_be_left(chat: Chat) -> None:
    chat.say("Find someone near me")
    assert chat.say("never mind, cancel").topics == ["stop"]
    assert chat.say("Is it safe?").topics == ["is_it_safe"]


def test_a_second_search_starts_anew(chat: Chat) -> None:
    chat.say("find a therapist near 60614")
    assert "Nearest to Boston, MA" in chat.say("and someone near Boston, MA?").text
    assert "Where should I look?" in chat.say("Find someone near me").text
