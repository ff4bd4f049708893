"""Provider search over HTTP."""

import pytest
from fastapi.testclient import TestClient


def test_a_search_by_zip_code(client: TestClient) -> None:
    body = client.get("/providers", params={"near": "60614"}).json()
    assert body["place"]["label"] == "60614 (Chicago, IL)"
    assert body["providers"][0]["distance_miles"] == 0
    assert all(provider["is_sample"] for provider in body["providers"])
    assert "SAMPLES" in body["origin"]
    assert body["state_law"]["status"] == "allowed"


def test_therapists_are_left_out_where_they_may_not_needle(client: TestClient) -> None:
    body = client.get("/providers", params={"near": "New York, NY"}).json()
    assert body["state_law"]["status"] == "not_allowed"
    assert body["providers"]
    assert all(p["profession"] != "physical therapist" for p in body["providers"])


def test_the_profession_the_radius_and_the_limit_are_kept(client: TestClient) -> None:
    wanted = {"near": "60614", "profession": "acupuncturist", "radius_miles": 200, "limit": 1}
    body = client.get("/providers", params=wanted).json()
    assert [p["profession"] for p in body["providers"]] == ["acupuncturist"]
    assert body["radius_miles"] == 200


def test_nobody_near_is_no_error(client: TestClient) -> None:
    body = client.get("/providers", params={"near": "99723"}).json()
    assert body["providers"] == []
    assert body["state_law"]["state"] == "AK"


@pytest.mark.parametrize(
    ("params", "status", "problem"),
    [
        ({"near": "00000"}, 404, "/problems/place-not-found"),
        ({"near": "city"}, 404, "/problems/place-not-found"),
        ({"near": "Texas"}, 422, "/problems/place-too-large"),
        ({"near": "Portland"}, 422, "/problems/ambiguous-place"),
        ({}, 422, "/problems/invalid-request"),
        ({"near": "x" * 101}, 422, "/problems/invalid-request"),
        ({"near": "60614", "radius_miles": 0}, 422, "/problems/invalid-request"),
        ({"near": "60614", "radius_miles": -5}, 422, "/problems/invalid-request"),
        ({"near": "60614", "radius_miles": 9999}, 422, "/problems/invalid-request"),
        ({"near": "60614", "profession": "surgeon"}, 422, "/problems/invalid-request"),
        ({"near": "'; DROP TABLE provider; --"}, 404, "/problems/place-not-found"),
    ],
)
def test_bad_input(
    client: TestClient, params: dict[str, str | int], status: int, problem: str
) -> None:
    response = client.get("/providers", params=params)
    assert (response.status_code, response.json()["type"]) == (status, problem)


def test_candidates_come_with_an_ambiguous_place(client: TestClient) -> None:
    body = client.get("/providers", params={"near": "Springfield"}).json()
    assert {"Springfield, IL", "Springfield, MA", "Springfield, MO"} <= set(body["candidates"])
