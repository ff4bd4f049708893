"""Every topic is understood, is known to Rasa, and has an answer."""

import yaml

from tests.content.conftest import DATA, EXAMPLES, RESPONSES, TOPICS, label

DOMAIN = yaml.safe_load((DATA.parent / "domain.yml").read_text())
RULES = (DATA / "rules.yml").read_text()

# What the language model never predicts itself.
WITHOUT_EXAMPLES = {"nlu_fallback", "check_danger", "check_crisis", "alarm_over"}
# Tasks whose answer an action puts together.
ANSWERED_BY_ACTIONS = {"start_screening", "find_provider", "draft_email", "stop", "repeat"}


def test_the_labels_are_exactly_the_topics(all_topics: list[str]) -> None:
    assert set(EXAMPLES) == {label(topic) for topic in all_topics}


def test_rasa_knows_every_intent(all_topics: list[str]) -> None:
    intents = {label(topic).partition("/")[0] for topic in all_topics}
    assert set(DOMAIN["intents"]) == intents | WITHOUT_EXAMPLES


def test_every_intent_has_a_rule(all_topics: list[str]) -> None:
    for intent in DOMAIN["intents"]:
        assert f"- intent: {intent}\n" in RULES, intent


def test_every_topic_has_an_answer(all_topics: list[str]) -> None:
    for topic in set(all_topics) - ANSWERED_BY_ACTIONS:
        assert f"utter_{label(topic)}" in RESPONSES


def test_no_answer_is_for_an_unknown_question() -> None:
    answered = {name.removeprefix("utter_faq/") for name in RESPONSES if "/" in name}
    assert answered == set(TOPICS["faq"])
