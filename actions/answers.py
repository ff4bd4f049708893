"""Reading an answer to a question of the screening, in buttons or in free words. Pure functions.

What is named comes from the language pipeline: medicines and conditions with marks that say whether
they are denied, over, or somebody else's. The words around it are in data/answer_words.yml.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from actions.numbers import read_number
from actions.reading import ANSWER_WORDS, contains, normalized, read_yes_or_no, starts_with

UNSURE, YES, NO = "unsure", "yes", "no"
# Something is named, but the person is not sure of it, or of whether it counts.
HEDGES: Sequence[str] = ANSWER_WORDS["hedges"]
DOES_IT_COUNT: Sequence[str] = ANSWER_WORDS["does_it_count"]
ALL_OF_THEM: Sequence[str] = ANSWER_WORDS["all_of_them"]
# A question, unless the person also says what they have.
ASKS = re.compile(
    r"^(?:and |but |so |ok |okay |wait |hang on |sorry )*(?:what|whats|what's|how|is|are|does|do|"
    r"can|could|why|which|who|when|where|should|would|will)\b(?! (?:be|have|not)\b)"
)
TELLS = re.compile(r"\b(?:i take|i'm on|im on|i am on|i have|i've|ive|i had|i use|i get|my)\b")
# In a correction: the answer that was wrong, and the right one.
TAKEN_BACK = re.compile(
    r"\b(?:put|said|pressed|hit|tapped|typed|clicked|chose|ticked|wrote|told you|scratch|"
    r"scrub|strike|scrap|ignore|take back|not|isn't|isnt|wasn't|wasnt)"
    r"(?: (?:that|the|my|a|an))? (yes|no)\b"
    r"|\btake (?:that|the|my) (yes|no) back\b"
)
STATED = re.compile(
    r"\b(yes|no|nope|negative|positive|unsure|not sure|do not know|don't know|dont know|idk)\b"
)
SAYS = {
    "yes": YES, "positive": YES, "no": NO, "nope": NO, "negative": NO, "unsure": UNSURE,
    "not sure": UNSURE, "do not know": UNSURE, "don't know": UNSURE, "dont know": UNSURE,
    "idk": UNSURE,
}  # fmt: skip
FEW_WORDS = 3
INDEX = re.compile(r"[1-9]")

Entity = Mapping[str, Any]
Question = Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """An answer: a code, a number or codes; and what was named that its follow-up asks for."""

    answer: str | int | tuple[str, ...]
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Named:
    """What a message names: terms that are there, that were there once, and that are denied."""

    present: frozenset[str]
    past: frozenset[str]
    denied: frozenset[str]


def read_answer(question: Question, text: str, entities: Sequence[Entity]) -> Reading | None:
    """What `text` means as an answer to `question`, or None if it is none.

    Args:
        question: as the screening service gives it out: choices with terms, or a number; the
            choices of its follow-up (`details`); whether what is over counts (`past_counts`).
        text: what the person wrote or tapped.
        entities: what the language pipeline found in it.
    """
    said = normalized(text)
    if not said:
        return None
    if is_tapped(question, text):
        code = next(str(c["code"]) for c in question["choices"] if normalized(c["title"]) == said)
        return Reading((code,) if question["several"] and code != UNSURE else code)
    if question["number"]:
        number = read_number(text, question["number"], entities)
        if number is not None:
            return Reading(number)
        return Reading(UNSURE) if read_yes_or_no(text) == UNSURE else None
    named = terms_in(entities)
    if question["several"]:
        return _several(question, said, named)
    return _one(question, text, said, named)


def is_tapped(question: Question, text: str) -> bool:
    """Are these the words of one of the buttons?"""
    return normalized(text) in {normalized(choice["title"]) for choice in question["choices"]}


def is_plain(question: Question, text: str, reading: Reading) -> bool:
    """Does an answer say in so many words what it was taken for?"""
    if is_tapped(question, text):
        return True
    said = normalized(text)
    if isinstance(reading.answer, int):
        return said == str(reading.answer)
    return reading.answer == read_yes_or_no(text) and len(said.split()) <= FEW_WORDS


def in_words(question: Question, reading: Reading) -> str:
    """An answer in the words of the buttons."""
    if isinstance(reading.answer, int):
        return str(reading.answer)
    codes = (reading.answer,) if isinstance(reading.answer, str) else reading.answer
    titles = [c["title"] for c in question["choices"] if c["code"] in codes]
    titles += [c["title"] for c in question["details"] if c["code"] in reading.details]
    return "; ".join(titles)


def terms_in(entities: Sequence[Entity]) -> Named:
    """The conditions, and the classes of the medicines, that are named.

    With a date of this year or the last, nothing counts as over: "Botox in 2026" may matter.
    """
    by_kind: dict[str, set[str]] = {"present": set(), "past": set(), "denied": set()}
    is_recent = any(_is_recent(e["value"]) for e in entities if e["entity"] == "date")
    for entity in entities:
        if entity["entity"] not in ("medicine", "condition"):
            continue
        marks = set(entity.get("marks") or ())
        if is_recent:
            marks.discard("past")
        kind = (
            "denied" if marks & {"negated", "someone_else"} else "past" if "past" in marks else ""
        )
        by_kind[kind or "present"].add(str(entity.get("group") or entity["value"]))
    return Named(**{kind: frozenset(terms) for kind, terms in by_kind.items()})


def _is_recent(day: object) -> bool:
    """Is an ISO date, or a year, of this year or the last?"""
    year = str(day)[:4]
    return year.isdigit() and int(year) >= date.today().year - 1


def _one(question: Question, text: str, said: str, named: Named) -> Reading | None:
    has = named.present | (named.past if question["past_counts"] else frozenset())
    own = _meant(question["choices"], has)
    details = _meant(question["details"], has)
    counts = any(contains(said, phrase) for phrase in DOES_IT_COUNT)
    doubts = counts or text.rstrip().endswith("?") or any(contains(said, h) for h in HEDGES)
    if ASKS.match(said) and not counts and not TELLS.search(said):
        return None
    if counts and not details and not own:
        return Reading(UNSURE)
    meaning = read_yes_or_no(text)
    if details or own:
        answer = own[0] if own else YES
        is_unsure = doubts or (meaning == UNSURE and answer == YES)
        return Reading(UNSURE if is_unsure else answer, details)
    asked = [*question["choices"], *question["details"]]
    if _meant(asked, named.denied | named.past) and meaning != UNSURE:
        return Reading(NO)
    codes = {choice["code"] for choice in question["choices"]}
    return Reading(meaning) if meaning is not None and meaning in codes else None


def _several(question: Question, said: str, named: Named) -> Reading | None:
    has = named.present | (named.past if question["past_counts"] else frozenset())
    choices = [choice for choice in question["choices"] if choice["code"] != UNSURE]
    codes = set(_meant(choices, has))
    codes |= {c["code"] for c in choices if contains(said, c["title"])}
    if not codes and said in map(normalized, ALL_OF_THEM):
        codes = {choice["code"] for choice in choices}
    if not codes and re.fullmatch(r"(?:the |number |and |[1-9] ?)+", said):
        picked = [int(index) - 1 for index in INDEX.findall(said)]
        codes = {choices[index]["code"] for index in picked if index < len(choices)}
    if codes:
        return Reading(tuple(c["code"] for c in choices if c["code"] in codes))
    # "None of these" to "which of these?" leaves open what it is then.
    return Reading(UNSURE) if read_yes_or_no(said) in (UNSURE, NO) else None


def _meant(choices: Sequence[Mapping[str, Any]], terms: Collection[str]) -> tuple[str, ...]:
    return tuple(str(c["code"]) for c in choices if set(c["terms"]) & set(terms))


def command_in(text: str) -> str | None:
    """ "back", "why" or "skip" if the message is such a wish, else None."""
    said = normalized(text)
    for command, phrases in ANSWER_WORDS["commands"].items():
        if said in map(normalized, phrases["whole"]):
            return str(command)
        if any(starts_with(said, phrase) for phrase in phrases["start"]):
            return str(command)
        if any(contains(said, phrase) for phrase in phrases["anywhere"]):
            return str(command)
    return None


def correction_in(text: str) -> str | None:
    """What is said of the answer before, if the message takes that back; "" if only that."""
    said = normalized(text)
    for phrase in ANSWER_WORDS["correction"]:
        if contains(said, phrase):
            return re.sub(rf"^.*?\b{re.escape(normalized(phrase))}\b", "", said).strip()
    return None


def corrected_to(text: str) -> str | None:
    """The yes, no or "unsure" that a correction names: "I put no by accident" says yes.

    None where several are named: "I meant yes, no idea why I pressed that".
    """
    said = normalized(text)
    taken_back = [match[1] or match[2] for match in TAKEN_BACK.finditer(said)]
    stated = {SAYS[words] for words in STATED.findall(TAKEN_BACK.sub(" ", said))}
    if stated:
        return stated.pop() if len(stated) == 1 else None
    return {YES: NO, NO: YES}[SAYS[taken_back[-1]]] if taken_back else None
