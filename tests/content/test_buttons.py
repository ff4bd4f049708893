"""Buttons say and send a real question, and it is one that is understood."""

from typing import Any

import pytest
import yaml

from tests.content.conftest import DATA, EXAMPLES, RESPONSES, TOPICS, label

LABEL_OF = {example: name for name, examples in EXAMPLES.items() for example in examples}
CHOICE_SETS = yaml.safe_load(
    (
        DATA.parent / "services" / "screening" / "instruments" / "needling" / "questionnaire.yml"
    ).read_text()
)["choice_sets"]


# Their buttons are answers, understood by the safety net: see tests/nlu/test_alarm.py.
ABOUT_AN_ALARM = {"utter_still_alarmed", "utter_check_danger", "utter_check_crisis"}


def buttons() -> list[tuple[str, dict[str, str]]]:
    return [
        (name, button)
        for name, entries in RESPONSES.items()
        for entry in entries
        for button in entry.get("buttons") or []
    ]


@pytest.mark.parametrize(("name", "button"), buttons())
def test_a_button_sends_what_it_says(name: str, button: dict[str, str]) -> None:
    assert button["title"] == button["payload"]
    assert len(button["title"]) <= 45


@pytest.mark.parametrize(("name", "button"), [b for b in buttons() if b[0] not in ABOUT_AN_ALARM])
def test_a_button_is_a_question_that_was_learnt(name: str, button: dict[str, str]) -> None:
    assert button["payload"] in LABEL_OF
    assert f"utter_{LABEL_OF[button['payload']]}" != name, "leads back to where one is"


@pytest.mark.parametrize("topic", TOPICS["faq"])
def test_an_answer_leads_on_to_two_or_three_others(topic: str) -> None:
    for entry in RESPONSES[f"utter_faq/{topic}"]:
        titles = [button["title"] for button in entry["buttons"]]
        assert 2 <= len(titles) <= 3
        assert len(set(titles)) == len(titles)


def test_every_question_can_be_reached_by_buttons() -> None:
    """Starting from hello, whatever was written down can be found without typing."""
    reached, todo = set(), ["utter_greet"]
    while todo:
        name = todo.pop()
        entries: list[dict[str, Any]] = RESPONSES.get(name, [])
        for button in (b for entry in entries for b in entry.get("buttons") or []):
            target = f"utter_{LABEL_OF[button['payload']]}"
            if target not in reached:
                reached.add(target)
                todo.append(target)
    reachable = {name.removeprefix("utter_") for name in reached}
    assert {label(topic) for topic in TOPICS["faq"]} - reachable == set()


def test_yes_no_and_not_sure_are_offered_in_the_screening() -> None:
    assert [c["title"] for c in CHOICE_SETS["yes_no_unsure"]] == ["Yes", "No", "Not sure"]
