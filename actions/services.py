"""The services over HTTP: one call, a typed result, or `ServiceUnavailable`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlparse

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

DEFAULT_URL = "http://127.0.0.1:8000"
TIMEOUT_SECONDS = 3.0


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
    """Where a screening interview stands.

    `next_question` is None when nothing is left to ask. `outcome` is one of emergency, not_now,
    ask_clinician_first and nothing_found, from the answers so far.
    """

    next_question: dict[str, Any] | None
    answered: int
    total: int
    outcome: str
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

    def assess(self, answers: Mapping[str, str]) -> Assessment:
        """Judge the answers so far (question id to answer code).

        Raises:
            ServiceUnavailable: no usable answer, also after one retry.
        """
        body = self._call("POST", "/screening/assessments", json={"answers": dict(answers)})
        try:
            return Assessment(
                next_question=body["next_question"],
                answered=body["answered"],
                total=body["total"],
                outcome=body["outcome"],
                reasons=body["reasons"],
            )
        except KeyError as missing:
            raise ServiceUnavailable(f"The assessment has no {missing}.") from missing

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
            body = response.json()
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
