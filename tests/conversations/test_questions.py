"""Every topic answers, in three wordings, with its sources, and leads on."""

import pytest

from tests.content.conftest import EXAMPLES, RESPONSES, TOPICS, label
from tests.conversations.conftest import Chat

BUTTONS = {b["payload"] for v in RESPONSES.values() for e in v for b in e.get("buttons") or []}
QUESTION_OF = {
    topic: next(phrase for phrase in EXAMPLES[label(topic)] if phrase in BUTTONS)
    for topic in TOPICS["faq"]
}


@pytest.mark.parametrize("topic", TOPICS["faq"])
def test_a_topic_answers(chat: Chat, topic: str) -> None:
    replies = chat.say(QUESTION_OF[topic])
    assert replies.topics == [topic]
    assert replies.text == RESPONSES[f"utter_faq/{topic}"][0]["text"]
    assert replies.messages[0]["sources"]
    assert len(replies.buttons) >= 2


@pytest.mark.parametrize("question", sorted(BUTTONS))
def test_every_button_leads_where_it_says(chat: Chat, question: str) -> None:
    wanted = next((name for name, phrases in EXAMPLES.items() if question in phrases), None)
    if wanted is None:
        pytest.skip("an answer about an alarm: see test_alarm")
    if wanted in ("affirm", "deny"):
        pytest.skip("means what was offered: see test_privacy")
    assert chat.say(question).topics[0] == wanted.removeprefix("faq/")


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("I'm nervous, what will the needles feel like going in?", "does_it_hurt"),
        ("so how much are we talking per visit", "cost"),
        ("my mum takes warfarin, is that a problem for her?", "blood_thinners"),
        ("Would my health plan chip in?", "insurance"),
        ("can i go swimming the evening after", "aftercare"),
        ("what's a headache journal good for", "migraine_diary"),
        ("Do they need a special license for poking people?", "practitioner_credentials"),
        ("how many times would I have to come", "session_count"),
    ],
)
def test_other_words_for_it(chat: Chat, said: str, topic: str) -> None:
    assert chat.say(said).topics == [topic]


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("good morning to you", "greet"),
        ("see you later, bye", "goodbye"),
        ("thank you so much", "thank"),
        ("am I talking to a robot?", "bot_challenge"),
        ("what sort of things can I ask you", "ask_capabilities"),
        ("who wrote all this and who checked it", "ask_sources"),
        ("who gets to read what I type here", "ask_privacy"),
        ("that was really helpful", "feedback_positive"),
        ("you did not answer my question at all", "feedback_negative"),
        ("please log my attack from yesterday", "log_migraine"),
        ("show me my headache chart", "show_diary"),
        ("remind me about my exercises every evening", "set_reminder"),
        ("let me talk to somebody at the front desk", "human_handoff"),
    ],
)
def test_tasks_and_talk(chat: Chat, said: str, topic: str) -> None:
    assert chat.say(said).topics == [topic]


def test_what_is_not_built_yet_is_said(chat: Chat) -> None:
    for said in ("log a migraine", "show my diary please", "remind me of my stretches tomorrow"):
        assert "yet" in chat.say(said).text


def test_the_source_of_the_answers_is_told_honestly(chat: Chat) -> None:
    text = chat.say("where does this information come from?").text
    assert "web article" in text
    assert "No clinician has signed them off" in text
