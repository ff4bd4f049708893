"""Two questions in one message, follow-ups in context, and asking when it is not clear."""

import pytest

from tests.conversations.conftest import Chat


@pytest.mark.parametrize(
    ("said", "topics"),
    [
        ("Is it sore, and what would I pay?", ["does_it_hurt", "cost"]),
        ("how many sessions is it & is it covered", ["insurance", "session_count"]),
        ("Who is trained to do it? And find me someone near 60614.", ["find_provider"]),
    ],
)
def test_both_questions_are_answered(chat: Chat, said: str, topics: list[str]) -> None:
    replies = chat.say(said)
    assert set(topics) <= set(replies.topics)
    assert len(replies.messages) == 2


def test_a_task_comes_last_and_knows_what_the_message_said(chat: Chat) -> None:
    replies = chat.say("What do sessions cost and who does it near 60614?")
    assert replies.topics == ["cost", "find_provider"]
    assert "Nearest to 60614" in replies.messages[1]["text"]


def test_a_danger_is_answered_alone(chat: Chat) -> None:
    replies = chat.say("What would I pay? Also my face went numb and droopy an hour ago")
    assert replies.topics == ["emergency_symptoms"]


def test_a_refusal_is_followed_by_the_other_answer(chat: Chat) -> None:
    replies = chat.say("How much ibuprofen should I take? Also, what does a session cost?")
    assert replies.topics == ["ask_medical_advice", "cost"]


def test_the_history_shows_the_message_once(chat: Chat) -> None:
    chat.say("Is it sore, and what would I pay?")
    assert [m["from"] for m in chat.history()] == ["user", "assistant", "assistant"]


def test_two_questions_in_a_form_are_answered_and_the_form_goes_on(chat: Chat) -> None:
    chat.say("Can you check if it suits me?")
    replies = chat.say("hold on, is it sore and what would I pay?")
    assert {"does_it_hurt", "cost", "start_screening"} <= set(replies.topics)
    assert "Please tap" not in chat.say("no").text


def test_a_wish_for_a_person_ends_the_form_also_beside_a_question(chat: Chat) -> None:
    chat.say("Can you check if it suits me?")
    replies = chat.say("Can I talk to a real person, and what does a session cost?")
    assert replies.topics[-1] == "human_handoff"
    assert "start_screening" not in chat.say("Does it hurt?").topics


@pytest.mark.parametrize(
    ("first", "follow_up", "topic"),
    [
        ("What does a session cost?", "and is that per visit or in total?", "cost"),
        ("What does a session cost?", "and for how many minutes?", "session_length"),
        ("How soon would I notice a change?", "and it stays like that?", "onset_and_duration"),
        ("What do studies show?", "how many people were in them?", "research_evidence"),
        ("Can I have it while pregnant?", "and for teenagers?", "children_and_teens"),
    ],
)
def test_a_follow_up_means_what_it_means_after_the_last_answer(
    chat: Chat, first: str, follow_up: str, topic: str
) -> None:
    chat.say(first)
    assert chat.say(follow_up).topics == [topic]


def test_what_is_not_clear_is_asked_and_a_choice_is_answered(chat: Chat) -> None:
    replies = chat.say("is it good")
    assert replies.buttons, replies.text
    assert chat.tap(replies.buttons[0]).topics != ["out_of_scope"]


def test_slips_short_forms_and_emoji_are_understood(chat: Chat) -> None:
    for said, topic in (
        ("does teh nedle hrut", "does_it_hurt"),
        ("wats dn", "what_is_dry_needling"),
        ("🤰 needling allowed?", "pregnancy"),
    ):
        assert chat.say(said).topics == [topic], said


def test_a_long_conversation_keeps_its_thread(chat: Chat) -> None:
    for _ in range(20):
        chat.say("What does a session cost?")
    chat.say("Can you check if it suits me?")
    for _ in range(12):
        chat.say("does it hurt?")
    assert chat.say("no").topics[-1] == "start_screening"
    assert len([m for m in chat.history() if m["from"] == "user"]) == 34
