"""Reading a number from an answer: an age, or a count of days in a period. Pure functions.

Spelled-out numbers are read by text2num; ages by `actions.ages`, days by `actions.day_counts`.
"""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from text_to_num import alpha2digit

from actions.ages import read_age
from actions.day_counts import read_days
from actions.reading import NUMBER

NUMBER_WORDS = [
    "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
]  # fmt: skip
# A mistyped number word is looked for in this many words, from this length and likeness on.
FEW_WORDS, SHORTEST, LIKE_ENOUGH = 3, 4, 0.82
LINKED = re.compile(r"-(?=ish\b|something\b|thirds\b|quarters\b)")
# text2num leaves lone small numbers alone, and rightly: "one of those days".
SMALL = {
    "one": "1", "two": "2", "three": "3", "half a dozen": "6", "a dozen": "12", "dozen": "12",
    "half a century": "50", "couple": "2", "twice": "2",
}  # fmt: skip
SMALL_NUMBER = re.compile(
    r"\b(?:half a dozen|a dozen|dozen|half a century|two|three)\b|^couple$|"
    r"\btwice\b(?= (?:weekly|a week|per week|a fortnight|per fortnight))|"
    r"\bone\b(?= (?:days?|times?|a |per |every |or )|$)"
)
FOR_HOW_LONG = re.compile(
    r"(?<!\d )\b(?:for|since|in) (?:the last |the past )?\d+ (?:years?|yrs?|months?|weeks?)\b"
)
TAKEN_BACK = re.compile(
    r"\b(?:no,? wait|wait,? no|i mean|i meant|make that|or rather|scratch that|sorry)\b"
)
# "Used to be 20, now it is 6": what comes after counts.
OF_LATE = re.compile(
    r"\b(?:now|nowadays|these days|down to|more like|stick to|so it is|but since|this year|still|"
    r"since (?:the|my|i)|but it's)\b"
)
DENIED = re.compile(r"\b(?:not|less than|fewer than|under) (?:the )?\d{1,3}\b")
# One dose on such a day, where another number counts the days.
A_DAY_EACH = re.compile(r"\b(?:1|one|single go) (?:a|per|each) day\b")


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
    words = _to_the_point(_in_digits(text))
    if number["unit"] == "a":
        found = read_age(words)
    else:
        frequencies = [
            float(entity["value"])
            for entity in entities
            if entity["entity"] == "frequency"
            and _in_digits(text[entity["start"] : entity["end"]]) in words
        ]
        found = read_days(words, number["period_days"], frequencies)
    if found is None:
        return None
    value = int(found + 0.5)
    if number["unit"] == "d" and value > number["highest"] and value <= number["period_days"] + 2:
        value = number["highest"]
    return value if number["lowest"] <= value <= number["highest"] else None


def _in_digits(text: str) -> str:
    said = LINKED.sub(" ", text.lower().replace("\u2019", "'"))
    if len(said.split()) <= FEW_WORDS:
        said = " ".join(map(_mended, said.split()))
    return SMALL_NUMBER.sub(lambda small: SMALL[small[0]], alpha2digit(said, "en"))


def _mended(word: str) -> str:
    """A mistyped number word: "fiften"."""
    close = get_close_matches(word, NUMBER_WORDS, 1, LIKE_ENOUGH) if len(word) >= SHORTEST else []
    return close[0] if close else word


def _to_the_point(words: str) -> str:
    """Without what is said beside the number: for how long, what it was, what it is not."""
    words = FOR_HOW_LONG.sub(" ", words)
    for turn in (TAKEN_BACK, OF_LATE):
        words = next((part for part in reversed(turn.split(words)) if NUMBER.search(part)), words)
    for beside in (DENIED, A_DAY_EACH):
        rest = beside.sub(" ", words)
        words = rest if NUMBER.search(rest) else words
    return words
