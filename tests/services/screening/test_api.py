"""The screening service over HTTP."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from services.app import app
from services.screening.api import records
from services.screening.records import Records
from tests.services.screening.test_assess import HARMLESS
from tests.services.screening.test_fhir import problems


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[None]:
    kept = Records(f"sqlite:///{tmp_path}/screening.db")
    app.dependency_overrides[records] = lambda: kept
    yield
    app.dependency_overrides.clear()


def assessed(client: TestClient, **answers: Any) -> dict[str, Any]:
    response = client.post("/screening/assessments", json={"answers": answers})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def test_an_interview_from_start_to_end(client: TestClient) -> None:
    answers: dict[str, Any] = {}
    while (body := assessed(client, **answers))["next_question"]:
        assert body["answered"] == len(answers)
        answers[body["next_question"]["id"]] = HARMLESS[body["next_question"]["id"]]
    assert (body["outcome"], body["answered"], body["total"]) == ("nothing_found", 14, 14)


def test_a_reason_names_its_rule_answers_and_sources(client: TestClient) -> None:
    (reason,) = assessed(client, implant="unsure")["reasons"]
    assert (reason["rule"], reason["class"]) == ("implant", "relative")
    assert reason["met_by"] == {"implant": "unsure"}
    assert reason["sources"]


def test_a_question_says_how_it_can_be_answered(client: TestClient) -> None:
    age = assessed(client, red_flags="no")["next_question"]
    assert age["number"] == {"lowest": 0, "highest": 120, "unit": "a", "period_days": None}
    blood = assessed(client, red_flags="no", age=70, consent="yes")["next_question"]
    assert "anticoagulant" in [choice["code"] for choice in blood["details"]]
    assert blood["details"][0]["terms"] == ["anticoagulant"]


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"shoe_size": "yes"}, "/problems/unknown-question"),
        ({"age": "forty"}, "/problems/unknown-answer"),
        ({"age": 200}, "/problems/unknown-answer"),
        ({"blood_which": "anticoagulant"}, "/problems/unknown-answer"),
        ({"age": True}, "/problems/invalid-request"),
        ({"age": 40.5}, "/problems/invalid-request"),
        ({"age": None}, "/problems/invalid-request"),
        ({"blood_which": ["x"] * 21}, "/problems/invalid-request"),
        ({"consent": "y" * 61}, "/problems/invalid-request"),
        ({f"q{n}": "yes" for n in range(101)}, "/problems/invalid-request"),
    ],
)
def test_what_does_not_fit_is_refused(
    client: TestClient, answers: dict[str, Any], problem: str
) -> None:
    response = client.post("/screening/assessments", json={"answers": answers})
    assert response.status_code == 422
    assert response.json()["type"] == problem
    assert response.headers["content-type"] == "application/problem+json"


def test_an_unknown_questionnaire_is_a_problem(client: TestClient) -> None:
    body = {"questionnaire": "shoes", "answers": {}}
    assert client.post("/screening/assessments", json=body).status_code == 404
    assert client.get("/screening/questionnaire", params={"id": "shoes"}).status_code == 404


def test_midas_is_scored_by_the_same_service(client: TestClient) -> None:
    names = [q["linkId"] for q in client.get("/screening/questionnaire?id=midas").json()["item"]]
    body = {"questionnaire": "midas", "answers": dict.fromkeys(names, 5)}
    result = client.post("/screening/assessments", json=body).json()
    assert result["outcome"] is None
    assert (result["score"]["value"], result["score"]["grade"]) == (25, "grade_4")


def test_the_questionnaire_and_a_response_are_fhir_r4(client: TestClient) -> None:
    assert problems(client.get("/screening/questionnaire").json()) == []
    body = {"answers": {"age": 40}, "terms": ["anticoagulant"]}
    known = client.post("/screening/populate", json=body).json()
    assert known["answers"] == {"age": 40, "blood": "yes", "blood_which": ["anticoagulant"]}
    assert problems(known["questionnaire_response"]) == []


def keep(client: TestClient, consent: bool = True, headers: dict[str, str] | None = None) -> Any:
    body = {"answers": {"age": 40, "blood": "unsure"}, "consent": consent}
    return client.post("/screening/records", json=body, headers=headers)


def test_nothing_is_kept_without_consent(client: TestClient) -> None:
    response = keep(client, consent=False)
    assert response.status_code == 422
    assert response.json()["type"] == "/problems/no-consent"


def test_what_is_kept_can_be_taken_away_in_every_form(client: TestClient) -> None:
    kept = keep(client).json()
    assert kept["assessment"]["outcome"] == "ask_clinician_first"
    address = f"/screening/records/{kept['id']}"
    assert client.get(address).json()["assessment"]["answers"] == {"age": 40, "blood": "unsure"}
    html = client.get(f"{address}/card.html")
    assert "no clearance" in html.text
    assert html.headers["cache-control"] == "no-store"
    pdf = client.get(f"{address}/card.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert pdf.headers["content-type"] == "application/pdf"
    response = client.get(f"{address}/questionnaire-response").json()
    assert problems(response) == []
    assert response["status"] == "in-progress"
    assert client.delete(address).status_code == 204
    for form in ("", "/card.html", "/card.pdf", "/questionnaire-response"):
        assert client.get(address + form).status_code == 404
    assert client.delete(address).status_code == 204


def test_a_repeated_request_keeps_once(client: TestClient) -> None:
    key = {"Idempotency-Key": "a key"}
    assert keep(client, headers=key).json()["id"] == keep(client, headers=key).json()["id"]
    other = {"answers": {"age": 41}, "consent": True}
    response = client.post("/screening/records", json=other, headers=key)
    assert response.status_code == 409


def test_an_address_cannot_be_guessed(client: TestClient) -> None:
    for guess in ("1", "x" * 22, "%2e%2e", "' or 1=1 --"):
        assert client.get(f"/screening/records/{guess}").status_code == 404
