"""Every response names the numbers of the clinic's country, and of no other."""

import re
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig

from channels.emergency_numbers import COUNTRIES, numbers_in
from channels.local_responses import LocalResponses

DATA = Path(__file__).resolve().parents[2] / "data"
DOMAIN = Domain.load(DATA / "responses.yml")
AN_AMERICAN_NUMBER = re.compile(r"\b(911|988)\b")
AT_HOME = {"US", "CA"}
# What actions and the channel fill in; Rasa leaves a text as it is when one word is missing.
OTHER_WORDS = dict.fromkeys(re.findall(r"{(\w+)}", str(DOMAIN.responses)), "...")


def worded(country: str) -> dict[str, list[str]]:
    """All texts, as they are said in a country."""
    responses = LocalResponses(EndpointConfig(country=country), DOMAIN)
    return {
        name: [responses._fill_response(dict(e), None, **OTHER_WORDS)["text"] for e in entries]
        for name, entries in DOMAIN.responses.items()
    }


@pytest.mark.parametrize("country", COUNTRIES)
def test_an_emergency_names_the_number_of_the_country(country: str) -> None:
    said = worded(country)
    numbers = numbers_in(country)
    assert f"call {numbers['emergency_number_here']} now" in said["utter_emergency_symptoms"][0]
    assert numbers["crisis_line_in_full"] in said["utter_crisis"][0]
    assert numbers["crisis_line"] in said["utter_still_alarmed"][1]


@pytest.mark.parametrize("country", sorted(set(COUNTRIES) - AT_HOME))
def test_nobody_elsewhere_is_told_an_american_number(country: str) -> None:
    wrong = [t for texts in worded(country).values() for t in texts if AN_AMERICAN_NUMBER.search(t)]
    assert wrong == []


def test_who_is_nowhere_in_particular_is_told_no_number() -> None:
    assert not re.search(r"\d", " ".join(numbers_in("other").values()))


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_placeholder_is_left_open(country: str) -> None:
    left = [text for texts in worded(country).values() for text in texts if "{" in text]
    assert left == []


@pytest.mark.parametrize("country", [None, "usa", "us", 1])
def test_an_unknown_country_is_an_error(country: Any) -> None:
    with pytest.raises(ValueError, match="country must be one of US"):
        LocalResponses(EndpointConfig(country=country), DOMAIN)
