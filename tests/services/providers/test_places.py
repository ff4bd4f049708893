"""What people call a place."""

import pytest

from services.providers.api import GAZETTEER
from services.providers.places import AmbiguousPlace, PlaceNotFound, PlaceTooLarge


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("60614", "60614 (Chicago, IL)"),
        ("60614-1234", "60614 (Chicago, IL)"),
        ("my zip is 60614", "60614 (Chicago, IL)"),
        ("Austin, TX", "Austin, TX"),
        ("austin texas", "Austin, TX"),
        ("Salt Lake City, Utah", "Salt Lake City, UT"),
        ("New York", "New York, NY"),
        ("new york, ny", "New York, NY"),
        ("Washington, DC", "Washington, DC"),
        ("St. Louis MO", "Saint Louis, MO"),
        ("Chicago", "Chicago, IL"),
        ("Winston-Salem, North Carolina", "Winston Salem, NC"),
    ],
)
def test_known_places(text: str, label: str) -> None:
    assert GAZETTEER.find(text).label == label


@pytest.mark.parametrize(
    "text", ["00000", "Qwertyville", "city", "Paris, France", "", "  ", "?!", "9021"]
)
def test_unknown_places(text: str) -> None:
    with pytest.raises(PlaceNotFound):
        GAZETTEER.find(text)


@pytest.mark.parametrize(
    "text", ["Texas", "CA", "north dakota", "district of columbia", "Idaho", "nevada", "Oregon"]
)
def test_a_state_is_too_large(text: str) -> None:
    with pytest.raises(PlaceTooLarge):
        GAZETTEER.find(text)


def test_several_cities_of_one_name_are_offered_largest_first() -> None:
    with pytest.raises(AmbiguousPlace) as found:
        GAZETTEER.find("Portland")
    assert found.value.candidates[:2] == ["Portland, OR", "Portland, ME"]


def test_a_city_is_found_near_where_it_is() -> None:
    boston = GAZETTEER.find("Boston, MA")
    assert boston.latitude == pytest.approx(42.36, abs=0.1)
    assert boston.longitude == pytest.approx(-71.06, abs=0.1)
