"""Resources are valid FHIR R4 by the official definitions (see scripts/build_fhir_schema.py)."""

import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft6Validator

from services.screening.answers import applicable
from services.screening.fhir import fhir_questionnaire, fhir_questionnaire_response
from services.screening.model import Questionnaire
from tests.services.screening.strategies import MIDAS, NEEDLING, interviews

SCHEMA = json.loads((Path(__file__).parent / "fhir_r4.schema.json").read_text())
VALIDATORS = {
    name: Draft6Validator({**SCHEMA, "$ref": f"#/definitions/{name}"})
    for name in ("Questionnaire", "QuestionnaireResponse")
}
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

Resource = dict[str, Any]


def problems(resource: Resource) -> list[str]:
    errors = VALIDATORS[resource["resourceType"]].iter_errors(resource)
    return [f"{error.json_path}: {error.message}" for error in errors]


def answered(questionnaire: Questionnaire, given: dict[str, Any]) -> Resource:
    answers = applicable(questionnaire, given)
    return fhir_questionnaire_response(questionnaire, answers, True, NOON)


@pytest.mark.parametrize("questionnaire", [NEEDLING, MIDAS], ids=["needling", "midas"])
def test_a_questionnaire_is_valid(questionnaire: Questionnaire) -> None:
    assert problems(fhir_questionnaire(questionnaire)) == []


@given(interviews(NEEDLING))
def test_every_interview_is_a_valid_response(given_answers: dict[str, Any]) -> None:
    response = answered(NEEDLING, given_answers)
    if response["item"]:
        assert problems(response) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda q: q.update(shoe_size=42),
        lambda q: q.pop("status"),
        lambda q: q.update(status="nearly"),
        lambda q: q["item"][0].update(type="chooice"),
        lambda q: q["item"][1]["extension"][0].update(valueInteger="0"),
        lambda q: q["item"][0].pop("linkId"),
    ],
)
def test_the_check_notices_what_is_not_valid(spoil: Callable[[Resource], object]) -> None:
    resource = copy.deepcopy(fhir_questionnaire(NEEDLING))
    spoil(resource)
    assert problems(resource)


def test_an_answer_with_two_values_is_noticed() -> None:
    response = answered(NEEDLING, {"age": 40})
    response["item"][0]["answer"][0]["valueString"] = "forty"
    assert problems(response)


def test_items_follow_the_questions() -> None:
    items = {item["linkId"]: item for item in fhir_questionnaire(NEEDLING)["item"]}
    assert list(items) == [question.id for question in NEEDLING.questions]
    assert items["age"]["type"] == "integer"
    assert items["blood_which"]["repeats"]
    assert [w["answerCoding"]["code"] for w in items["blood_which"]["enableWhen"]] == [
        "yes",
        "unsure",
    ]
    assert items["pregnancy"]["enableWhen"] == [
        {"question": "age", "operator": ">=", "answerInteger": 12},
        {"question": "age", "operator": "<=", "answerInteger": 55},
    ]
    assert items["pregnancy"]["enableBehavior"] == "all"


def test_a_response_names_the_version_and_each_answer() -> None:
    response = answered(NEEDLING, {"age": "unsure", "blood": "yes", "blood_which": ["supplement"]})
    assert response["questionnaire"].endswith(f"|{NEEDLING.version}")
    answers = {item["linkId"]: item["answer"] for item in response["item"]}
    assert list(answers) == ["age", "blood", "blood_which"]
    assert answers["age"][0]["_valueInteger"]["extension"][0]["valueCode"] == "asked-unknown"
    assert [a["valueCoding"]["code"] for a in answers["blood_which"]] == ["supplement"]


def test_codes_of_a_response_are_among_the_options() -> None:
    options = {
        item["linkId"]: [o["valueCoding"] for o in item.get("answerOption", [])]
        for item in fhir_questionnaire(NEEDLING)["item"]
    }
    for item in answered(NEEDLING, {"blood": "yes", "blood_which": ["supplement"]})["item"]:
        assert all(a["valueCoding"] in options[item["linkId"]] for a in item["answer"])
