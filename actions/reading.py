"""Reading yes, no and "not sure" in people's words. Pure functions; data/answer_words.yml."""

import re
from pathlib import Path

import yaml

ANSWER_WORDS = yaml.safe_load(
    (Path(__file__).resolve().parent.parent / "data" / "answer_words.yml").read_text()
)


# A whole number of at most three digits.
NUMBER = re.compile(r"(?<![\d.,])(\d{1,3})(?![\d,]*\d)")
# A yes or no at the beginning of a clause: "at 63? No." The last one counts.
CLAUSE = re.compile(
    r"(?:^|[.,;:!?\n-]\s*|\b(?:but|so|and|then|well) )(yes|yeah|yep|no|nope|nah)\b"
    r"(?! (?:idea|clue|problem|one|need|wonder|more|matter))"
)
MEANING = {"yes": "yes", "yeah": "yes", "yep": "yes", "no": "no", "nope": "no", "nah": "no"}


def read_yes_or_no(text: str) -> str | None:
    """Return "yes", "no" or "unsure", or None if the text is none of these."""
    said = _without_fillers(normalized(text))
    if not said:
        return None
    for meaning in ("unsure", "no", "yes"):
        words = ANSWER_WORDS[meaning]
        if (
            said in map(normalized, words["whole"])
            or any(starts_with(said, phrase) for phrase in words["start"])
            or any(contains(said, phrase) for phrase in words["anywhere"])
        ):
            return meaning
    clauses = [clause[1] for clause in CLAUSE.finditer(text.lower())]
    return MEANING[clauses[-1]] if clauses else None


def normalized(text: str) -> str:
    """Lower case, straight apostrophes, no other punctuation, single spaces."""
    plain = text.lower().replace("\u2019", "'")
    return " ".join(re.sub(r"[^\w\s'/]", " ", plain).split()) or plain.strip()


def starts_with(said: str, phrase: str) -> bool:
    """Does a normalised text begin with the words of a phrase?"""
    return f"{said} ".startswith(f"{normalized(phrase)} ")


def contains(said: str, phrase: str) -> bool:
    """Does a normalised text hold the words of a phrase?"""
    return f" {normalized(phrase)} " in f" {said} "


def _without_fillers(said: str) -> str:
    words = said.split()
    while len(words) > 1 and words[0] in ANSWER_WORDS["fillers"]:
        words = words[1:]
    return " ".join(words)
