"""Reading a number from an answer: an age, or a count of days in a period. Pure functions.

The words for amounts are in data/answer_words.yml; spelled-out numbers are read by text2num.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from text_to_num import alpha2digit

from actions.reading import ANSWER_WORDS, contains, normalized, read_yes_or_no

MONTH = 30
RATES: Mapping[float, Sequence[str]] = ANSWER_WORDS["days_a_month"]
COUNTS: Mapping[float, Sequence[str]] = ANSWER_WORDS["days"]
EVERY_DAY: Sequence[str] = ANSWER_WORDS["every_day"]
# text2num leaves lone small numbers alone, and rightly: "one of those days".
SMALL = {"one": "1", "two": "2", "three": "3", "a dozen": "12", "dozen": "12"}
SMALL_NUMBER = re.compile(
    r"\b(?:a dozen|dozen|two|three)\b|\bone\b(?= (?:days?|times?|a |per |every |or )|$)"
)
FOR_HOW_LONG = re.compile(
    r"\b(?:for|since|in) (?:the last |the past )?\d+ (?:years?|yrs?|months?|weeks?)\b"
)
# "Used to be 20, now it is 6": what comes after counts.
OF_LATE = re.compile(r"\b(?:now|nowadays|these days|down to|more like|stick to|so it is)\b")
COUNTED_DAYS = re.compile(
    r"\b(\d{1,2}) (?:headache |migraine |bad |medicine )?days?\b(?! (?:a|per|each) )"
)
YEAR = re.compile(r"\b(19\d\d|20\d\d)\b")
TAKEN_BACK = re.compile(
    r"\b(?:no,? wait|wait,? no|i mean|i meant|make that|or rather|scratch that|sorry)\b"
)
DECADE = re.compile(
    r"\b(?:(early|mid|late)[ -]*)?(\d)0(?:s|'s)\b|\b(?:(early|mid|late)[ -]*)?"
    r"(twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b"
)
DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
    "eighties": 80, "nineties": 90,
}  # fmt: skip
WITHIN_DECADE = {"early": 2, "mid": 5, "late": 8, None: 5}
MONTHS_OLD = re.compile(r"\b(\d{1,2})[ -]*(?:months?|mths?|mos?)\b")
SOMEONE_ELSE = re.compile(
    r"\b(?:daughter|son|wife|husband|mother|mum|mom|dad|father|she|he|her|his|girl|boy|kid|child|"
    r"grandson|granddaughter|partner|sister|brother)\b(?!.*\bme\b)"
)
EVERY_SO_MANY = re.compile(r"\bevery (\d+)(?:st|nd|rd|th)? days?\b")
OUT_OF = re.compile(r"\b(\d+) (?:days? )?(?:out of|in|of) (?:every )?(\d+)\b")
RANGE = re.compile(r"(\d+)\s*(?:-|–|to|or|and|/)\s*(\d+)\b")
NUMBER = re.compile(r"(?<![\d.,])(\d{1,3})(?![\d,]*\d)(?:\.\d+)?")


def read_number(
    text: str, number: Mapping[str, Any], entities: Sequence[Mapping[str, Any]]
) -> int | None:
    """The number that `text` means, within the limits of `number`, or None.

    Args:
        text: what the person wrote.
        number: `lowest`, `highest`, `unit` ("a" for years, "d" for days) and, for days,
            `period_days`: to how many days the count refers.
        entities: what the language pipeline found; a frequency is in days a month.
    """
    words = alpha2digit(text.lower().replace("\u2019", "'"), "en")
    words = SMALL_NUMBER.sub(lambda small: SMALL[small[0]], words)
    words = _last_word_on_it(FOR_HOW_LONG.sub(" ", words))
    found = _age(words) if number["unit"] == "a" else _days(words, number, entities)
    if found is None:
        return None
    value = int(found + 0.5)
    if number["unit"] == "d" and value > number["highest"] and value <= number["period_days"] + 2:
        value = number["highest"]
    return value if number["lowest"] <= value <= number["highest"] else None


def _last_word_on_it(words: str) -> str:
    """ "7, no wait, 8" means 8."""
    for turn in (TAKEN_BACK, OF_LATE):
        *_, last = turn.split(words)
        words = last if NUMBER.search(last) else words
    return words


def _age(words: str) -> float | None:
    born = YEAR.search(words)
    if born and re.search(r"\b(?:born|birth|year)\b", words):
        return datetime.now().year - int(born[1])
    months = MONTHS_OLD.search(words)
    if months and not re.search(r"\byears?\b", words):
        return int(months[1]) // 12
    decade = DECADE.search(words)
    if decade:
        tens = int(decade[2]) * 10 if decade[2] else DECADES[decade[4]]
        return tens + WITHIN_DECADE[decade[1] or decade[3]]
    someone = SOMEONE_ELSE.search(words)
    about = words[someone.start() :] if someone else words
    found = NUMBER.search(about) or NUMBER.search(words)
    return int(found[1]) if found else None


def _days(
    words: str, number: Mapping[str, Any], entities: Sequence[Mapping[str, Any]]
) -> float | None:
    """In digits before in words: "a few, say 5" means 5."""
    period: int = number["period_days"]
    every = EVERY_SO_MANY.search(words)
    if every:
        return period / int(every[1])
    part = OUT_OF.search(words)
    if part and int(part[2]) > int(part[1]):
        return period * int(part[1]) / int(part[2])
    frequencies = [entity["value"] for entity in entities if entity["entity"] == "frequency"]
    found = NUMBER.search(words)
    if found and frequencies:
        return float(frequencies[-1]) * period / MONTH
    if found:
        between, counted = RANGE.search(words), COUNTED_DAYS.findall(words)
        return int(between[2] if between else counted[-1] if counted else found[1])
    said = normalized(words)
    rate = _amount(said, RATES)
    if rate is not None:
        return rate * period / MONTH
    if any(contains(said, phrase) for phrase in EVERY_DAY):
        return period
    if frequencies:
        return float(frequencies[-1]) * period / MONTH
    count = _amount(said, COUNTS)
    return None if count == 0 and read_yes_or_no(said) == "unsure" else count


def _amount(said: str, amounts: Mapping[float, Sequence[str]]) -> float | None:
    return next(
        (a for a, phrases in amounts.items() if any(contains(said, p) for p in phrases)), None
    )
