"""What every client of the services may rely on."""

from fastapi.testclient import TestClient


def test_health_and_openapi_are_there(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/docs").status_code == 200
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/screening/questionnaire", "/screening/assessments", "/providers"} <= set(paths)


def test_errors_are_problem_documents(client: TestClient) -> None:
    missing = client.get("/no-such-page")
    invalid = client.post("/screening/assessments", json={"answers": "yes"})
    for response, status in ((missing, 404), (invalid, 422)):
        assert response.status_code == status
        assert response.headers["content-type"] == "application/problem+json"
        assert {"type", "title", "status"} <= set(response.json())


def test_an_invalid_request_is_not_echoed(client: TestClient) -> None:
    secret = "I take warfarin"
    response = client.post("/screening/assessments", json={"answers": {"age": 3}, "note": secret})
    assert response.status_code == 422
    assert secret not in response.text


def test_a_body_that_is_no_json_is_a_problem_too(client: TestClient) -> None:
    headers = {"content-type": "application/json"}
    response = client.post("/screening/assessments", content=b"{not json", headers=headers)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
