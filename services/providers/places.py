"""From what a person calls a place to a point on the map.

ZIP codes and their coordinates come from the package `zipcodes` (GeoNames, CC BY 4.0; see NOTICE).
A place is only as exact as the center of its ZIP area.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean
from typing import Any

import zipcodes

# Of several cities with one name the largest is meant if it has so many times more ZIP codes.
CLEARLY_LARGER = 5
LARGE_CITY_ZIPS = 10
ZIP_CODE = re.compile(r"(?<!\d)(\d{5})(?:-\d{4})?(?!\d)")


@dataclass(frozen=True)
class Place:
    """A point with its name: degrees north and east, label such as "60614 (Chicago, IL)"."""

    label: str
    state: str
    latitude: float
    longitude: float


class PlaceNotFound(Exception):
    """No such place in the US."""


class PlaceTooLarge(Exception):
    """A whole state was named."""


class AmbiguousPlace(Exception):
    """Several cities have this name. `candidates` has them, largest first, like "Portland, ME"."""

    def __init__(self, candidates: list[str]) -> None:
        super().__init__(f"{len(candidates)} places")
        self.candidates = candidates


class Gazetteer:
    """Finds US places by ZIP code or name.

    Args:
        rows: records as `zipcodes.list_all()` gives them.
        states: state code to name.
    """

    def __init__(self, rows: Iterable[dict[str, Any]], states: dict[str, str]) -> None:
        self._state_of = {_key(name): code for code, name in states.items()}
        self._state_of.update({code.lower(): code for code in states})
        self._zips: dict[str, Place] = {}
        points: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
        self._names: dict[tuple[str, str], str] = {}
        for row in rows:
            if not row["lat"] or not float(row["lat"]) or row["zip_code_type"] == "MILITARY":
                continue
            point = float(row["lat"]), float(row["long"])
            label = f"{row['zip_code']} ({row['city']}, {row['state']})"
            self._zips[row["zip_code"]] = Place(label, row["state"], *point)
            for name in [row["city"], *row["acceptable_cities"]]:
                city = (_key(name), row["state"])
                points[city].append(point)
                self._names.setdefault(city, name)
        self._points = points
        self._states_with: dict[str, list[str]] = defaultdict(list)
        for name, state in points:
            self._states_with[name].append(state)

    def find(self, text: str) -> Place:
        """Return the place that `text` names: a ZIP code, "city, state", or a city alone.

        Raises:
            PlaceNotFound, PlaceTooLarge, AmbiguousPlace
        """
        zip_code = ZIP_CODE.search(text)
        if zip_code:
            if zip_code[1] not in self._zips:
                raise PlaceNotFound(text)
            return self._zips[zip_code[1]]
        words = _key(text).split()
        if not words:
            raise PlaceNotFound(text)
        name = " ".join(words)
        if name in self._states_with and not (name in self._state_of and self._is_small(name)):
            return self._city(name)
        for length in (1, 2, 3):
            state = self._state_of.get(" ".join(words[-length:]))
            city = " ".join(words[:-length])
            if state and not city:
                raise PlaceTooLarge(text)
            if state and (city, state) in self._points:
                return self._center(city, state)
        raise PlaceNotFound(text)

    def _is_small(self, city: str) -> bool:
        """There is an Idaho in Ohio, but who says "Idaho" means the state; not so with New York."""
        return max(len(self._points[(city, s)]) for s in self._states_with[city]) < LARGE_CITY_ZIPS

    def _city(self, name: str) -> Place:
        by_size = sorted(self._states_with[name], key=lambda s: -len(self._points[(name, s)]))
        largest, others = by_size[0], by_size[1:]
        sizes = [len(self._points[(name, state)]) for state in by_size]
        if not others or sizes[0] >= CLEARLY_LARGER * sizes[1]:
            return self._center(name, largest)
        raise AmbiguousPlace([f"{self._names[(name, state)]}, {state}" for state in by_size])

    def _center(self, name: str, state: str) -> Place:
        points = self._points[(name, state)]
        return Place(
            f"{self._names[(name, state)]}, {state}",
            state,
            fmean(latitude for latitude, _ in points),
            fmean(longitude for _, longitude in points),
        )


def load_gazetteer(states: dict[str, str]) -> Gazetteer:
    return Gazetteer(zipcodes.list_all(), states)


def _key(name: str) -> str:
    plain = re.sub(r"[^a-z ]", " ", name.lower().replace("'", ""))
    words = [
        "saint" if word == "st" else "fort" if word == "ft" else word for word in plain.split()
    ]
    return " ".join(words)
