"""The questionnaire cannot be loaded in a state that would mislead somebody."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from services.screening.model import FOLDER, Questionnaire, load_questionnaire


def content() -> dict[str, Any]:
    return load_questionnaire().model_dump(by_alias=True)


def test_the_questionnaire_loads() -> None:
    questionnaire = load_questionnaire()
    assert questionnaire.questions[0].id == "red_flags"
    assert len(questionnaire.questions) >= 15


def test_every_rule_has_a_source_and_every_question_a_reason() -> None:
    questionnaire = load_questionnaire()
    assert all(rule.sources for rule in questionnaire.rules)
    assert all(question.why for question in questionnaire.questions)


def test_an_unsure_answer_never_counts_as_no() -> None:
    changed = content()
    for rule in changed["rules"]:
        if rule["question"] == "implant":
            rule["answers"] = ["yes"]
    with pytest.raises(ValidationError, match="implant: an unsure answer would count as no"):
        Questionnaire.model_validate(changed)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"question": "shoe_size"}, "there is no question shoe_size"),
        ({"answers": ["perhaps"]}, "has no answer"),
        ({"sources": []}, "sources"),
        ({"outcome": "cleared"}, "outcome"),
        ({"id": "child"}, "rule id occurs twice"),
    ],
)
def test_a_rule_that_does_not_fit_is_refused(change: dict[str, Any], complaint: str) -> None:
    changed = content()
    changed["rules"][0].update(change)
    with pytest.raises(ValidationError, match=complaint):
        Questionnaire.model_validate(changed)


def test_a_question_without_any_rule_is_refused() -> None:
    changed = content()
    changed["rules"] = [rule for rule in changed["rules"] if rule["question"] != "age"]
    with pytest.raises(ValidationError, match="age: no answer leads anywhere"):
        Questionnaire.model_validate(changed)


def test_a_misspelt_key_is_refused(tmp_path: Path) -> None:
    for name in ("questionnaire.yml", "rules.yml"):
        text = (FOLDER / name).read_text().replace("    why: ", "    because: ", 1)
        (tmp_path / name).write_text(text)
    with pytest.raises(ValidationError, match="because"):
        load_questionnaire(tmp_path)


def test_choices_are_distinct() -> None:
    for question in load_questionnaire().questions:
        titles = [choice.title for choice in question.choices]
        assert len(titles) == len(set(titles)) == len(question.codes)


def test_number_ranges_leave_no_gap() -> None:
    for question in load_questionnaire().questions:
        ranges = [(c.lowest, c.highest) for c in question.choices if c.lowest is not None]
        for (_, highest), (lowest, _) in pairwise(ranges):
            assert highest is not None
            assert lowest == highest + 1, question.id


def test_the_files_are_plain_yaml() -> None:
    assert set(yaml.safe_load((FOLDER / "rules.yml").read_text())) == {"rules"}
