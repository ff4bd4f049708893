"""Reading an answer to a question of a form: which of its choices did the person mean?

Pure functions. The words are in data/answer_words.yml.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

ANSWER_WORDS = yaml.safe_load(
    (Path(__file__).resolve().parent.parent / "data" / "answer_words.yml").read_text()
)
NUMBER = re.compile(r"\d+")


def read_choice(text: str, choices: Sequence[Mapping[str, Any]]) -> str | None:
    """Return the code of the choice that `text` means, or None if it means none of them.

    A choice has a `code`, a `title` and, where numbers make sense, the range `from` to `to` that
    it stands for. Understood are a choice's own title, a number in its range, and, for choices
    called yes, no and unsure, the words people use for these.
    """
    said = normalized(text)
    if not said:
        return None
    for choice in choices:
        if said == normalized(choice["title"]):
            return str(choice["code"])
    by_number = _in_range(said, choices)
    if by_number is not None:
        return by_number
    codes = {choice["code"] for choice in choices}
    meaning = read_yes_or_no(said)
    return meaning if meaning in codes else None


def read_yes_or_no(text: str) -> str | None:
    """Return "yes", "no" or "unsure", or None if the text is none of these."""
    said = _without_fillers(normalized(text))
    for meaning in ("unsure", "no", "yes"):
        words = ANSWER_WORDS[meaning]
        if (
            said in map(normalized, words["whole"])
            or any(f"{said} ".startswith(f"{normalized(w)} ") for w in words["start"])
            or any(f" {normalized(w)} " in f" {said} " for w in words["anywhere"])
        ):
            return meaning
    return None


def normalized(text: str) -> str:
    """Lower case, straight apostrophes, no other punctuation, single spaces."""
    plain = text.lower().replace("\u2019", "'")
    return " ".join(re.sub(r"[^\w\s'/]", " ", plain).split()) or plain.strip()


def _without_fillers(said: str) -> str:
    words = said.split()
    while len(words) > 1 and words[0] in ANSWER_WORDS["fillers"]:
        words = words[1:]
    return " ".join(words)


def _in_range(said: str, choices: Sequence[Mapping[str, Any]]) -> str | None:
    """A message with one number, or a span such as 5-10, falls into the choice that holds it."""
    numbers = [int(number) for number in NUMBER.findall(said)]
    if not numbers or len(numbers) > 2:
        return None
    largest = max(numbers)
    for choice in choices:
        if choice.get("from") is not None and choice["from"] <= largest <= choice["to"]:
            return str(choice["code"])
    return None
