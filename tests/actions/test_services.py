"""The client for the services: typed results, one retry, three seconds, clear failures."""

import time

import pytest

from actions.services import (
    AmbiguousPlace,
    PlaceNotFound,
    PlaceTooLarge,
    Services,
    ServiceUnavailable,
)
from tests.actions.conftest import FakeServices, Reply

ASSESSMENT = {
    "questionnaire": "needling",
    "title": "Before dry needling",
    "answers": {"red_flags": "yes"},
    "next_question": None,
    "answered": 1,
    "total": 13,
    "outcome": "emergency",
    "score": None,
    "reasons": [{"advice": "Call."}],
}
SEARCH = {
    "place": {"label": "Austin, TX"},
    "radius_miles": 50,
    "providers": [],
    "origin": "samples",
    "state_law": {"text": "allowed"},
}


def test_answers_go_out_and_an_assessment_comes_back(services: FakeServices) -> None:
    services.answer("/screening/assessments", Reply(ASSESSMENT))
    assessment = Services(services.url).assess("needling", {"red_flags": "yes"})
    assert assessment.outcome == "emergency"
    said = {"questionnaire": "needling", "answers": {"red_flags": "yes"}}
    assert services.requests == [("/screening/assessments", said)]


def test_what_is_kept_is_named_and_can_be_forgotten(services: FakeServices) -> None:
    services.answer("/screening/records", Reply({"id": "abc"}, 201))
    services.answer("/screening/records/abc", Reply(b"", 204))
    client = Services(services.url)
    assert client.keep("needling", {"age": 40}, "key") == "abc"
    client.forget("abc")
    assert [path for path, _ in services.requests] == [
        "/screening/records",
        "/screening/records/abc",
    ]


def test_what_was_named_becomes_answers(services: FakeServices) -> None:
    services.answer("/screening/populate", Reply({"answers": {"blood": "yes"}}))
    assert Services(services.url).populate("needling", {"anticoagulant"}, {}) == {"blood": "yes"}


def test_a_search_by_place(services: FakeServices) -> None:
    services.answer("/providers", Reply(SEARCH))
    assert Services(services.url).providers_near("Austin, TX").place == "Austin, TX"
    assert services.requests == [("/providers", {"near": "Austin, TX"})]


def test_a_service_that_fails_once_is_asked_once_more(services: FakeServices) -> None:
    services.answer("/providers", Reply({}, 503), Reply(SEARCH))
    assert Services(services.url).providers_near("Austin, TX").radius_miles == 50
    assert len(services.requests) == 2


@pytest.mark.parametrize(
    "reply",
    [
        Reply({}, 503),
        Reply({"detail": "oops"}, 500),
        Reply(b"<html>not json"),
        Reply([1, 2]),
        Reply({"answered": 1}),
        Reply({"type": "/problems/unknown-answer"}, 422),
    ],
)
def test_an_unusable_answer_is_a_clear_failure(services: FakeServices, reply: Reply) -> None:
    services.answer("/screening/assessments", reply)
    with pytest.raises(ServiceUnavailable):
        Services(services.url).assess("needling", {})
    assert len(services.requests) <= 2


def test_a_dead_service_is_a_clear_failure() -> None:
    with pytest.raises(ServiceUnavailable):
        Services("http://127.0.0.1:9").assess("needling", {})


def test_a_slow_service_is_not_waited_for(
    services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actions.services.TIMEOUT_SECONDS", 0.2)
    services.answer("/screening/assessments", Reply(ASSESSMENT, pause_seconds=1))
    started = time.monotonic()
    with pytest.raises(ServiceUnavailable):
        Services(services.url).assess("needling", {})
    assert time.monotonic() - started < 1


def test_problems_with_a_place_are_told_apart(services: FakeServices) -> None:
    client = Services(services.url)
    for kind, error in (("place-not-found", PlaceNotFound), ("place-too-large", PlaceTooLarge)):
        services.answer("/providers", Reply({"type": f"/problems/{kind}"}, 404))
        with pytest.raises(error):
            client.providers_near("?")
    candidates = ["Portland, OR", "Portland, ME"]
    problem = {"type": "/problems/ambiguous-place", "candidates": candidates}
    services.answer("/providers", Reply(problem, 422))
    with pytest.raises(AmbiguousPlace) as ambiguous:
        client.providers_near("Portland")
    assert ambiguous.value.candidates == candidates


@pytest.mark.parametrize("url", ["", "localhost:8000", "ftp://x", "http://"])
def test_a_bad_address_is_refused_at_once(url: str) -> None:
    with pytest.raises(ValueError, match="SERVICES_URL"):
        Services(url)
