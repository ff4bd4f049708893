"""Follow-ups, short forms and the questions that stand for topics."""

import re

import pytest

from nlu.follow_ups import AFTER_ANYTHING
from tests.content.conftest import EXAMPLES, TOPICS, label, read
from tests.content.test_training_phrases import VALIDATION, normalized, validation_texts

FOLLOW_UPS: dict[str, dict[str, list[str]]] = read("follow_ups.yml")
QUESTIONS: dict[str, str] = read("questions.yml")
ABBREVIATIONS: dict[str, str] = read("words.yml")["abbreviations"]
ALL_TOPICS = {topic for topics in TOPICS.values() for topic in topics}
NEVER_OFFERED = {"emergency_symptoms", "post_needling_emergency", "crisis", "ask_medical_advice"}


@pytest.mark.parametrize("topic", [*TOPICS["faq"], *TOPICS["flow"]])
def test_a_topic_can_be_asked_on_about(topic: str) -> None:
    meanings = FOLLOW_UPS[topic]
    assert len(meanings[topic]) >= 3, "people often stay with a topic"
    assert len(meanings) >= 3
    assert sum(map(len, meanings.values())) >= 30


def test_follow_ups_are_short_and_about_known_topics() -> None:
    for last, meanings in FOLLOW_UPS.items():
        assert {last, *meanings} <= ALL_TOPICS | {AFTER_ANYTHING}
        assert "out_of_scope" not in meanings
        for phrases in meanings.values():
            assert max(len(phrase.split()) for phrase in phrases) <= 18


@pytest.mark.skipif(not VALIDATION.is_dir(), reason="the validation set is not here")
def test_no_follow_up_stands_in_the_validation_set() -> None:
    unseen = {normalized(text) for text in validation_texts() if " " in normalized(text)}
    phrases = {
        normalized(text)
        for meanings in FOLLOW_UPS.values()
        for phrases in meanings.values()
        for text in phrases
    }
    assert phrases & unseen == set()


def test_every_question_and_task_can_be_offered_and_no_danger() -> None:
    assert {*TOPICS["faq"], *TOPICS["flow"]} <= set(QUESTIONS) <= ALL_TOPICS - NEVER_OFFERED


@pytest.mark.parametrize(("topic", "question"), QUESTIONS.items())
def test_an_offered_question_was_learnt(topic: str, question: str) -> None:
    assert question in EXAMPLES[label(topic)]
    assert len(question) <= 45


def test_short_forms_lead_to_words() -> None:
    for short, long in ABBREVIATIONS.items():
        assert isinstance(short, str), f"quote {short!r}: YAML reads it as something else"
        assert re.fullmatch(r"[A-Za-z' -]+", long), short
        assert long.lower() not in ABBREVIATIONS
