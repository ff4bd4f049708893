"""Reading an age, in years. Pure functions; the words hold numbers in digits."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from actions.reading import NUMBER

TENS = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
    "eighties": 80, "nineties": 90,
}  # fmt: skip
WITHIN_DECADE = {"early": 2, "mid": 5, "late": 8, None: 5}
SOMEONE_ELSE = re.compile(
    r"\b(?:daughter|son|wife|husband|mother|mum|mom|dad|father|she|he|her|his|girl|boy|kid|child|"
    r"grandson|granddaughter|partner|sister|brother)\b(?!.*\bme\b)"
)

Years = Callable[[re.Match[str]], float]

# The first that matches counts.
PATTERNS: Sequence[tuple[str, Years]] = (
    (r"\b(?:born|birth|year|dob|b)\b.*?\b((?:19|20)\d\d)\b", lambda m: _since(m[1])),
    (r"\b((?:19|20)\d\d)\b.*?\b(?:born|birth|year)\b", lambda m: _since(m[1])),
    (r"^(?!.*(?:years?|yrs?)\b).*?\b(\d{1,2})[ -]*(?:months?|mths?|mos?)\b",
     lambda m: int(m[1]) // 12),
    (r"\b(?:(early|mid|late)[ -]*)?(\d)0(?:s|'s)\b",
     lambda m: int(m[2]) * 10 + WITHIN_DECADE[m[1]]),
    (rf"\b(?:(early|mid|late)[ -]*)?({'|'.join(TENS)})\b",
     lambda m: TENS[m[2]] + WITHIN_DECADE[m[1]]),
    (r"^\W*(\d) (\d)\W*$", lambda m: int(m[1] + m[2])),
    (r"^\W*([2-9])0 ([1-9])\W*$", lambda m: int(m[1]) * 10 + int(m[2])),
    (r"\b(\d)0[ -]*(?:something|odd|ish|plus|and a bit)\b",
     lambda m: int(m[1]) * 10 + WITHIN_DECADE[None]),
    (r"\d.*\bso (?:[a-z']+ ){0,2}(\d{1,3})\b", lambda m: int(m[1])),
)  # fmt: skip
# Where it is the only number.
NOT_YET = re.compile(
    r"\b(?:nearly|almost|pushing|just under|not quite|turning|turn|not|i'll be|will be) (\d{1,3})\b"
    r"|\b(\d{1,3}) next (?:birthday|week|month)\b|\b(\d{1,3}) come [a-z]"
)


def read_age(words: str) -> float | None:
    """The age that `words` tell, of the one who would be needled if several are told."""
    for pattern, years in PATTERNS:
        found = re.search(pattern, words)
        if found:
            return years(found)
    not_yet = NOT_YET.search(words)
    if not_yet and len(NUMBER.findall(words)) == 1:
        return int(not_yet[1] or not_yet[2] or not_yet[3]) - 1
    someone = SOMEONE_ELSE.search(words)
    about = words[someone.start() :] if someone else words
    number = NUMBER.search(about) or NUMBER.search(words)
    return int(number[1]) if number else None


def _since(year: str) -> int:
    return datetime.now().year - int(year)
