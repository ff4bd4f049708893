"""The services over HTTP: one call, a typed result, or `ServiceUnavailable`."""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlparse

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

DEFAULT_URL = "http://127.0.0.1:8000"
TIMEOUT_SECONDS = 3.0
NO_CONTENT = 204


class ServiceUnavailable(Exception):
    """The service did not answer in time, or not as agreed."""


class PlaceNotFound(Exception):
    """The provider service does not know the place."""


class PlaceTooLarge(Exception):
    """A whole state was named."""


class AmbiguousPlace(Exception):
    """Several places have this name; `candidates` are like "Portland, ME"."""

    def __init__(self, candidates: list[str]) -> None:
        super().__init__(f"{len(candidates)} places")
        self.candidates = candidates


@dataclass(frozen=True)
class Assessment:
    """Where an interview with one of the questionnaires stands.

    `next_question` is None when nothing is left to ask. `outcome` is one of emergency, not_now,
    ask_clinician_first and nothing_found, from the answers so far, or None where a questionnaire
    has a `score` instead; `answers` are those that count; `total` may still change.
    """

    questionnaire: str
    title: str
    answers: dict[str, Any]
    next_question: dict[str, Any] | None
    answered: int
    total: int
    outcome: str | None
    score: dict[str, Any] | None
    reasons: list[dict[str, Any]]


@dataclass(frozen=True)
class ProviderSearch:
    """What was found near a place, nearest first."""

    place: str
    radius_miles: int
    providers: list[dict[str, Any]]
    origin: str
    state_law: str


class Services:
    """A client for the screening and provider services.

    Args:
        base_url: for example "http://127.0.0.1:8000".

    Raises:
        ValueError: `base_url` is not an http(s) address.
    """

    def __init__(self, base_url: str) -> None:
        if urlparse(base_url).scheme not in ("http", "https") or not urlparse(base_url).netloc:
            raise ValueError(f"SERVICES_URL must be an http(s) address, not {base_url!r}.")
        self._base_url = base_url.rstrip("/")
        self._session = requests.Session()
        self._session.trust_env = False
        once_more = Retry(
            total=1, backoff_factor=0.1, status_forcelist=[502, 503, 504], allowed_methods=None
        )
        self._session.mount(self._base_url, HTTPAdapter(max_retries=once_more))

    @classmethod
    def from_environment(cls) -> "Services":
        return cls(os.environ.get("SERVICES_URL", DEFAULT_URL))

    def assess(self, questionnaire: str, answers: Mapping[str, Any]) -> Assessment:
        """Judge the answers so far (question id to code, number or codes).

        Raises:
            ServiceUnavailable: no usable answer, also after one retry.
        """
        said = {"questionnaire": questionnaire, "answers": dict(answers)}
        body = self._call("POST", "/screening/assessments", json=said)
        try:
            return Assessment(**{field.name: body[field.name] for field in fields(Assessment)})
        except KeyError as missing:
            raise ServiceUnavailable(f"The assessment has no {missing}.") from missing

    def populate(
        self, questionnaire: str, terms: Collection[str], known: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The answers that follow from conditions and classes of medicines, and from answers.

        Raises:
            ServiceUnavailable: no usable answer, also after one retry.
        """
        said = {"questionnaire": questionnaire, "answers": dict(known), "terms": sorted(terms)}
        body = self._call("POST", "/screening/populate", json=said)
        if not isinstance(body.get("answers"), dict):
            raise ServiceUnavailable("There are no answers.")
        return dict(body["answers"])

    def keep(self, questionnaire: str, answers: Mapping[str, Any], key: str) -> str:
        """Keep answers for a while, with the person's consent; returns the record's id.

        Args:
            questionnaire: its id.
            answers: question id to code, number or codes.
            key: the same key with the same answers keeps them once.

        Raises:
            ServiceUnavailable: no usable answer, also after one retry.
        """
        said = {"questionnaire": questionnaire, "answers": dict(answers), "consent": True}
        body = self._call("POST", "/screening/records", json=said, headers={"Idempotency-Key": key})
        if not isinstance(body.get("id"), str):
            raise ServiceUnavailable("The record has no id.")
        return str(body["id"])

    def forget(self, record_id: str) -> None:
        """Delete what was kept.

        Raises:
            ServiceUnavailable: the service did not say that it is gone, also after one retry.
        """
        self._call("DELETE", f"/screening/records/{record_id}")

    def providers_near(self, place: str) -> ProviderSearch:
        """Find providers near a ZIP code or a city.

        Raises:
            PlaceNotFound: no such place in the US.
            PlaceTooLarge: a whole state was named.
            AmbiguousPlace: several cities have that name.
            ServiceUnavailable: no usable answer, also after one retry.
        """
        body = self._call("GET", "/providers", params={"near": place})
        try:
            return ProviderSearch(
                place=body["place"]["label"],
                radius_miles=body["radius_miles"],
                providers=body["providers"],
                origin=body["origin"],
                state_law=body["state_law"]["text"],
            )
        except KeyError as missing:
            raise ServiceUnavailable(f"The search result has no {missing}.") from missing

    def _call(self, method: str, path: str, **arguments: Any) -> dict[str, Any]:
        try:
            response = self._session.request(
                method, self._base_url + path, timeout=TIMEOUT_SECONDS, **arguments
            )
            body = response.json() if response.status_code != NO_CONTENT else {}
        except (requests.RequestException, ValueError) as error:
            raise ServiceUnavailable(f"{path}: {type(error).__name__}") from error
        if not isinstance(body, dict):
            raise ServiceUnavailable(f"{path}: the answer is not an object")
        if response.ok:
            return body
        problem = body.get("type")
        if problem == "/problems/place-not-found":
            raise PlaceNotFound
        if problem == "/problems/place-too-large":
            raise PlaceTooLarge
        if problem == "/problems/ambiguous-place":
            raise AmbiguousPlace(list(body["candidates"]))
        raise ServiceUnavailable(f"{path}: status {response.status_code}")
