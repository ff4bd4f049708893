"""A questionnaire cannot be loaded in a state that would mislead somebody."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from services.screening.card import SOURCES
from services.screening.model import (
    INSTRUMENTS,
    Questionnaire,
    load_instruments,
    load_questionnaire,
)

NEEDLING = INSTRUMENTS / "needling"


def content(name: str = "needling") -> dict[str, Any]:
    return load_questionnaire(INSTRUMENTS / name).model_dump(by_alias=True, mode="json")


def question(changed: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(q for q in changed["questions"] if q["id"] == name)
    return found


def refused(changed: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        Questionnaire.model_validate(changed)


def test_both_instruments_load() -> None:
    loaded = load_instruments()
    assert list(loaded) == ["midas", "needling"]
    assert loaded["needling"].questions[0].id == "red_flags"


@pytest.mark.parametrize("name", ["needling", "midas"])
def test_every_source_is_on_the_list(name: str) -> None:
    it = load_questionnaire(INSTRUMENTS / name)
    named = [s for q in it.questions for s in q.sources]
    named += [s for rule in it.rules for s in rule.sources]
    assert named
    assert set(named) <= set(SOURCES)


def test_the_engine_does_not_know_what_is_asked_about() -> None:
    for file in INSTRUMENTS.parent.glob("*.py"):
        if file.name != "api.py":
            words = file.read_text().lower()
            assert "needling" not in words, file.name
            assert "migraine" not in words, file.name


def test_an_unsure_answer_never_counts_as_no() -> None:
    changed = content()
    for rule in changed["rules"]:
        if rule["id"] == "implant":
            rule["when"][0]["any_of"] = ["yes"]
    refused(changed, "implant: an unsure answer would count as no")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"when": [{"question": "shoe_size", "any_of": ["yes"]}]}, "no question shoe_size"),
        ({"when": [{"question": "blood", "any_of": ["perhaps"]}]}, "blood has no answer"),
        ({"when": [{"question": "blood", "at_least": 3}]}, "blood takes no number"),
        ({"when": [{"question": "blood"}]}, "the condition on blood is empty"),
        ({"when": []}, "when"),
        ({"unless_told": ["nobody"]}, "there is no rule"),
        ({"sources": []}, "sources"),
        ({"outcome": "cleared"}, "outcome"),
        ({"id": "child"}, "rule id occurs twice"),
    ],
)
def test_a_rule_that_does_not_fit_is_refused(change: dict[str, Any], complaint: str) -> None:
    changed = content()
    changed["rules"][0].update(change)
    refused(changed, complaint)


def test_a_follow_up_cannot_come_before_its_question() -> None:
    changed = content()
    changed["questions"].sort(key=lambda q: q["id"] != "blood_which")
    refused(changed, "blood_which: there is no question blood before it")


def test_details_must_follow_their_question() -> None:
    changed = content()
    question(changed, "blood")["details"] = "neck_which"
    refused(changed, "blood: neck_which does not follow it")


def test_a_question_has_choices_or_a_number() -> None:
    changed = content()
    question(changed, "age")["choices"] = question(changed, "blood")["choices"]
    refused(changed, "age: give either two choices or more, or a number")


def test_a_score_sums_numbers() -> None:
    changed = content("midas")
    changed["scoring"]["sum_of"] = ["missed_work", "nothing"]
    refused(changed, "nothing is no question that takes a number")
    changed["scoring"] = None
    refused(changed, "no answer leads anywhere")


def test_a_misspelt_key_is_refused(tmp_path: Path) -> None:
    for name in ("questionnaire.yml", "rules.yml"):
        text = (NEEDLING / name).read_text().replace("    why: ", "    because: ", 1)
        (tmp_path / name).write_text(text)
    with pytest.raises(ValidationError, match="because"):
        load_questionnaire(tmp_path)


def test_an_instrument_stands_in_the_folder_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    text = (INSTRUMENTS / "midas" / "questionnaire.yml").read_text()
    (tmp_path / "other" / "questionnaire.yml").write_text(text)
    with pytest.raises(ValueError, match="the id must be 'other'"):
        load_instruments(tmp_path)


def test_only_absolute_reasons_say_not_now() -> None:
    for rule in load_questionnaire(NEEDLING).rules:
        assert (rule.rule_class == "absolute") == (rule.outcome in ("not_now", "emergency")), (
            rule.id
        )


def test_no_advice_clears_or_changes_a_medicine() -> None:
    texts = yaml.safe_dump(content()).lower()
    for never in ("you are suitable", "safe for you", "you can stop taking", "stop taking your"):
        assert never not in texts
