"""The conversation of the provider search, without Rasa and with fake services."""

import asyncio
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.providers import (
    ActionAskPlace,
    ActionProviderResult,
    ValidateProviderForm,
    bare_place,
    candidate_in,
    listing_of,
)
from tests.actions.conftest import FakeServices, Reply, conversation, user

PROVIDER = {
    "name": "SAMPLE Clinic",
    "profession": "physical therapist",
    "distance_miles": 3.4,
    "address": "1 Sample Street",
    "phone": "555-0101",
}
FOUND = Reply(
    {
        "place": {"label": "Austin, TX"},
        "radius_miles": 50,
        "providers": [PROVIDER],
        "origin": "SAMPLES",
        "state_law": {"text": "Texas: allowed."},
    }
)
CANDIDATES = ["Portland, OR", "Portland, ME"]


def problem(kind: str, **details: Any) -> Reply:
    return Reply({"type": f"/problems/{kind}", **details}, 422)


def searched(text: str, intent: str, place: str | None = None, **slots: Any) -> dict[str, Any]:
    """The slots after the form was met with `text`, in which `place` was recognised."""
    entities = {"place": place} if place else {}
    slots = {"requested_slot": "place", **slots}
    tracker = conversation(user(text, intent, **entities), loop="provider_form", **slots)
    events = asyncio.run(ValidateProviderForm().run(CollectingDispatcher(), tracker, {}))
    return {e["name"]: e["value"] for e in events}


def test_a_place_in_the_first_sentence_is_searched_at_once(services: FakeServices) -> None:
    services.answer("/providers", FOUND)
    slots = searched("find a PT near 78701", "find_provider", "78701", requested_slot=None)
    assert services.requests == [("/providers", {"near": "78701"})]
    assert slots["provider_search"]["status"] == "found"
    assert slots["place"] == "78701"


def test_without_a_place_the_form_asks(services: FakeServices) -> None:
    assert searched("please just find me somebody who does this", "find_provider") == {
        "place": None
    }
    assert services.requests == []


def test_something_else_is_left_to_its_own_rule(services: FakeServices) -> None:
    assert searched("what do they charge?", "faq") == {}


def test_a_bare_reply_is_a_place(services: FakeServices) -> None:
    services.answer("/providers", FOUND)
    searched("Right. Austin", "nlu_fallback")
    assert services.requests == [("/providers", {"near": "Austin"})]


def test_a_question_in_between_is_left_to_its_rule(services: FakeServices) -> None:
    assert searched("what do they usually charge", "faq") == {}
    assert services.requests == []


def test_a_danger_is_never_taken_for_a_place(services: FakeServices) -> None:
    assert searched("Austin, my face is drooping", "emergency_symptoms", "Austin, TX") == {}


def test_an_ambiguous_place_is_asked_about(services: FakeServices) -> None:
    services.answer("/providers", problem("ambiguous-place", candidates=CANDIDATES))
    slots = searched("Portland", "nlu_fallback")
    assert slots["provider_search"]["candidates"] == CANDIDATES
    assert slots["place"] is None


def test_naming_the_state_settles_it(services: FakeServices) -> None:
    services.answer("/providers", FOUND)
    searched("the one in Maine", "out_of_scope", provider_search={"candidates": CANDIDATES})
    assert services.requests == [("/providers", {"near": "Portland, ME"})]


def test_three_unknown_places_end_the_search(services: FakeServices) -> None:
    services.answer("/providers", problem("place-not-found"))
    slots = searched("Qwertyville", "nlu_fallback", form_misunderstandings=1)
    assert slots["form_misunderstandings"] == 2
    assert slots["place"] is None
    slots = searched("Qwertyville", "nlu_fallback", form_misunderstandings=2)
    assert slots["provider_search"]["status"] == "given_up"
    assert slots["place"] is not None


def test_a_dead_service_ends_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVICES_URL", "http://127.0.0.1:9")
    slots = searched("78701", "nlu_fallback", "78701")
    assert slots["provider_search"] == {"status": "unavailable"}


@pytest.mark.parametrize(
    ("search", "response"),
    [
        (None, "utter_ask_place"),
        ({"status": "found"}, "utter_ask_place"),
        ({"status": "unknown", "place": "X"}, "utter_place_unknown"),
        ({"status": "too_large", "place": "Texas"}, "utter_place_too_large"),
        (
            {"status": "ambiguous", "place": "Portland", "candidates": CANDIDATES},
            "utter_place_ambiguous",
        ),
    ],
)
def test_the_question_fits_what_was_understood(search: Any, response: str) -> None:
    dispatcher = CollectingDispatcher()
    ActionAskPlace().run(dispatcher, conversation(provider_search=search), {})
    assert dispatcher.messages[0]["response"] == response
    if response == "utter_place_ambiguous":
        assert [b["payload"] for b in dispatcher.messages[0]["buttons"]] == CANDIDATES


def result_of(search: dict[str, Any]) -> dict[str, Any]:
    dispatcher = CollectingDispatcher()
    events = ActionProviderResult().run(dispatcher, conversation(provider_search=search), {})
    assert {e["name"]: e["value"] for e in events} == {"place": None}
    return dict(dispatcher.messages[0])


def test_a_result_says_where_it_is_from_and_what_the_law_is() -> None:
    search = {
        "status": "found",
        "place": "Austin, TX",
        "radius_miles": 50,
        "providers": [PROVIDER],
        "origin": "SAMPLES",
        "state_law": "Texas: allowed.",
    }
    message = result_of(search)
    assert message["response"] == "utter_providers_found"
    assert "SAMPLE Clinic" in message["listing"]
    assert (message["origin"], message["law"]) == ("SAMPLES", "Texas: allowed.")
    assert result_of({**search, "providers": []})["response"] == "utter_providers_none"


def test_other_ends_of_a_search() -> None:
    assert result_of({"status": "unavailable"})["response"] == "utter_providers_unavailable"
    assert result_of({"status": "given_up"})["response"] == "utter_place_given_up"


@pytest.mark.parametrize(
    ("miles", "words"), [(0.2, "under 1 mile"), (1.2, "about 1 mile"), (12.7, "about 13 miles")]
)
def test_distances_are_rounded(miles: float, words: str) -> None:
    line = listing_of({**PROVIDER, "distance_miles": miles, "phone": ""})
    assert line == f"- SAMPLE Clinic, physical therapist, {words}, 1 Sample Street"


@pytest.mark.parametrize(
    ("text", "intent", "place"),
    [
        ("Right. Portland", "out_of_scope", "Portland"),
        ("I live in Salt Lake City", "nlu_fallback", "Salt Lake City"),
        ("my zip is 9021", "log_migraine", "9021"),
        ("it's Boston", None, "Boston"),
        ("what do they charge?", "faq", None),
        ("no idea, wherever it is cheap and they are nice", "out_of_scope", None),
        ("", None, None),
        ("in", "out_of_scope", None),
    ],
)
def test_what_counts_as_a_place(text: str, intent: str | None, place: str | None) -> None:
    assert bare_place(text, intent) == place


def test_a_candidate_is_named_by_its_state() -> None:
    assert candidate_in("Sorry, the one in Maine", CANDIDATES) == "Portland, ME"
    assert candidate_in("OR", CANDIDATES) == "Portland, OR"
    assert candidate_in("tell me or not", CANDIDATES) is None
    assert candidate_in("neither", []) is None
