"""The screening service over HTTP."""

from fastapi.testclient import TestClient

from services.screening.api import QUESTIONNAIRE


def test_an_interview_from_start_to_end(client: TestClient) -> None:
    answers: dict[str, str] = {}
    for count in range(len(QUESTIONNAIRE.questions)):
        body = client.post("/screening/assessments", json={"answers": answers}).json()
        question = body["next_question"]
        assert body["answered"] == count
        assert body["total"] == len(QUESTIONNAIRE.questions)
        codes = [choice["code"] for choice in question["choices"]]
        harmless = {"adult", "fine", "few", "yes" if question["id"] == "consent" else "no"}
        answers[question["id"]] = next(code for code in codes if code in harmless)
    body = client.post("/screening/assessments", json={"answers": answers}).json()
    assert (body["next_question"], body["outcome"]) == (None, "nothing_found")


def test_a_reason_names_its_rule_answer_and_sources(client: TestClient) -> None:
    body = client.post("/screening/assessments", json={"answers": {"implant": "unsure"}}).json()
    (reason,) = body["reasons"]
    assert reason["rule"] == "implant"
    assert reason["class"] == "relative"
    assert (reason["question"], reason["answer"]) == ("implant", "unsure")
    assert reason["sources"]


def test_choices_carry_their_number_ranges(client: TestClient) -> None:
    body = client.post("/screening/assessments", json={"answers": {"red_flags": "no"}}).json()
    assert body["next_question"]["choices"][0] == {
        "code": "under_12",
        "title": "Under 12",
        "from": 0,
        "to": 11,
    }


def test_an_unknown_question_or_answer_is_refused(client: TestClient) -> None:
    for answers, problem in (
        ({"shoe_size": "yes"}, "/problems/unknown-question"),
        ({"age": "forty"}, "/problems/unknown-answer"),
    ):
        response = client.post("/screening/assessments", json={"answers": answers})
        assert response.status_code == 422
        assert response.json()["type"] == problem


def test_too_many_answers_are_refused(client: TestClient) -> None:
    answers = {f"question_{number}": "yes" for number in range(101)}
    assert client.post("/screening/assessments", json={"answers": answers}).status_code == 422


def test_the_questionnaire_is_fhir_r4(client: TestClient) -> None:
    body = client.get("/screening/questionnaire").json()
    assert body["resourceType"] == "Questionnaire"
    assert body["status"] == "draft"
    assert [item["linkId"] for item in body["item"]] == [q.id for q in QUESTIONNAIRE.questions]
    for item in body["item"]:
        assert item["type"] == "choice"
        assert all({"code", "display"} == set(o["valueCoding"]) for o in item["answerOption"])
