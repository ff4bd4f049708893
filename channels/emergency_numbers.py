"""The numbers to call in an emergency or a crisis, by country; from data/emergency_numbers.yml."""

from pathlib import Path

import yaml

_CONTENT: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).resolve().parent.parent / "data" / "emergency_numbers.yml").read_text()
)["countries"]
COUNTRIES = tuple(_CONTENT)
DEFAULT_COUNTRY = "US"


def numbers_in(country: str) -> dict[str, str]:
    """The words for the placeholders of data/responses.yml.

    Args:
        country: one of `COUNTRIES`; "other" names no number.

    Raises:
        KeyError: the country is not listed.
    """
    return {key: words for key, words in _CONTENT[country].items() if key not in ("name", "source")}
