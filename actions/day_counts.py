"""Reading a count of days in a period. Pure functions; the words hold numbers in digits.

The words for amounts are in data/answer_words.yml.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from actions.reading import ANSWER_WORDS, NUMBER, contains, normalized, read_yes_or_no

MONTH, WEEK = 30, 7
RATES: Mapping[float, Sequence[str]] = ANSWER_WORDS["days_a_month"]
COUNTS: Mapping[float, Sequence[str]] = ANSWER_WORDS["days"]
EVERY_DAY: Sequence[str] = ANSWER_WORDS["every_day"]
SHARE = {"3rd": 3, "third": 3, "quarter": 4, "4th": 4, "5th": 5}
EACH = r"(?:(?:in|a|per|every|each|the|out|of) )"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY = re.compile(
    r"\b(mon|tue|wed|thu|fri|sat|sun)(?:s|rs|days?|sdays?|nesdays?|rsdays?|urdays?)?\b"
)
FROM_TO = re.compile(r"\b(?:to|till|until|through|thru)\b|[-–]")

Count = Callable[[re.Match[str], int], float]

# The first that matches counts; the function is given the period in days.
PATTERNS: Sequence[tuple[str, Count]] = (
    (r"\b24/7\b", lambda _, period: period),
    (r"\b(?:every|each) (\d+)(?:st|nd|rd|th)? days?\b", lambda m, period: period / int(m[1])),
    (r"(?:\b(?:a|1|one)[ -]|^)(3rd|third|quarter|4th|5th) of\b",
     lambda m, period: period / SHARE[m[1]]),
    (r"\b(\d) (?:3rds|thirds|quarters)\b",
     lambda m, period: period * int(m[1]) / (4 if "quarter" in m[0] else 3)),
    (r"\b(?:all|the lot|every ?day)\b[^\d.]{0,8}\b(?:but|bar|except|minus)\b[^\d]{0,8}(\d{1,2})",
     lambda m, period: period - int(m[1])),
    (r"\b(?:all|every ?day)\b[^\d.]{0,8}\b(?:but|bar|except)\b (\w+)",
     lambda m, period: period - weekdays_in(m[1]) * period / WEEK),
    (r"\b(\d{1,2}) (?:or so )?(?:clear|free|good|clean|(?:headache|pain)[- ]free) days\b",
     lambda m, period: period - int(m[1])),
    (r"\b(\d{1,3}) (?:days? )?(?:in|over|during) (?:the (?:last|past) )?([2-6]) months\b",
     lambda m, period: int(m[1]) * period / (int(m[2]) * MONTH)),
    (rf"\b(?:a|one|1) week {EACH}+month\b", lambda _, period: WEEK * period / MONTH),
    (r"\d.*\b(?:so|makes|total(?: of)?|call it)\b[^\d.;]{0,12}?(\d{1,3})\b(?! (?:years|weeks|a ))",
     lambda m, _: int(m[1])),
    (r"\d.*\b(\d{1,3})\b[^\d.;]{0,8}\b(?:altogether|in all|all told|in total)\b",
     lambda m, _: int(m[1])),
    (r"\bmost weeks,? (\d)\b", lambda m, period: int(m[1]) * period / WEEK),
    (r"\b(\d),? most weeks\b", lambda m, period: int(m[1]) * period / WEEK),
    (rf"\b(\d) (?:times |days )?{EACH}+fortnight\b",
     lambda m, period: int(m[1]) * period / (2 * WEEK)),
)  # fmt: skip
# Where no frequency was found by the language pipeline.
A_WEEK = re.compile(rf"\b(\d)(?: ?x| times?| days?)? {EACH}*week(?:ly)?\b(?! (?:day|end))")
SUM = re.compile(
    r"\b(\d{1,2})\b[^\d.;]{0,40}?(?:\+|\bplus\b|\band (?:another|a further)\b)"
    r"[^\d.;]{0,6}(\d{1,2})\b"
)
OUT_OF = re.compile(
    r"\b(\d+) ?(?:days? )?(?:out of|in|of|/(?=(?:7|28|30|31)\b)) ?(?:every )?(\d+)\b"
)
EVERY_SINGLE_DAY = re.compile(r"\bevery (?!other|second|third|few|\d)\w+ day\b")
COUNTED_DAYS = re.compile(
    r"\b(\d{1,2}) (?:headache |migraine |bad |medicine )?days?\b(?! (?:a|per|each) )"
)
RANGE = re.compile(r"(\d+)\s*(?:-|–|to|or|and|/)\s*(\d+)\b")


def read_days(words: str, period: int, frequencies: Sequence[float]) -> float | None:
    """Days in a `period`, or None. In digits before in words: "a few, say 5" means 5.

    Args:
        words: the answer, lower case, numbers in digits.
        period: in days.
        frequencies: those that the language pipeline found in it, in days a month.
    """
    for pattern, count in PATTERNS:
        found = re.search(pattern, words)
        if found:
            return count(found, period)
    number = NUMBER.search(words)
    return (
        _in_numbers(words, number[1], period, frequencies)
        if number
        else _in_words(words, period, frequencies)
    )


def weekdays_in(words: str) -> int:
    """How many days of the week are named: "Tuesdays and Thursdays", "Mon to Fri"."""
    named = list(WEEKDAY.finditer(words))
    days = [WEEKDAYS.index(match[1]) for match in named]
    if len(days) == 2 and FROM_TO.search(words[named[0].end() : named[1].start()]):
        return (days[1] - days[0]) % WEEK + 1
    return len(set(days))


def _in_numbers(words: str, first: str, period: int, frequencies: Sequence[float]) -> float:
    a_week = A_WEEK.search(words)
    if a_week and not frequencies:
        return int(a_week[1]) * period / WEEK
    added = SUM.search(words)
    if added:
        return int(added[1]) + int(added[2])
    part = OUT_OF.search(words)
    if part and int(part[2]) > int(part[1]):
        return period * int(part[1]) / int(part[2])
    if frequencies:
        return frequencies[-1] * period / MONTH
    between, counted = RANGE.search(words), COUNTED_DAYS.findall(words)
    return int(between[2] if between else counted[-1] if counted else first)


def _in_words(words: str, period: int, frequencies: Sequence[float]) -> float | None:
    weekdays = weekdays_in(words)
    if weekdays:
        return weekdays * period / WEEK
    said = normalized(words)
    rate = _amount(said, RATES)
    if rate is not None:
        return rate * period / MONTH
    if EVERY_SINGLE_DAY.search(said) or any(contains(said, phrase) for phrase in EVERY_DAY):
        return period
    if frequencies:
        return frequencies[-1] * period / MONTH
    count = _amount(said, COUNTS)
    return None if count == 0 and read_yes_or_no(said) == "unsure" else count


def _amount(said: str, amounts: Mapping[float, Sequence[str]]) -> float | None:
    return next(
        (a for a, phrases in amounts.items() if any(contains(said, p) for p in phrases)), None
    )
