"""Reading an answer to a question of the screening, in buttons or in free words. Pure functions.

What is named comes from the language pipeline: medicines and conditions with marks that say whether
they are denied, over, or somebody else's. The words around it are in data/answer_words.yml.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log
from typing import Any

from actions.conversation import NOT_UNDERSTOOD_INTENTS, SAFETY_INTENTS
from actions.numbers import read_number
from actions.reading import ANSWER_WORDS, contains, normalized, read_yes_or_no, starts_with

ADVICE = "ask_medical_advice"
# What a reading by rules adds to the logarithm of a meaning's probability, by what was seen.
PLAIN, NAMED, LOOSE = 5.0, 1.5, 1.0
FEW_WORDS = 3
# A statement counts as an answer from this probability on.
ENOUGH = 0.4
# A risk that is taken for none is worse than a question asked twice.
ENOUGH_FOR_NO = 0.75
LEAST = 1e-6
OTHER = "other"
PLAINLY = 0.8
NO_STATEMENTS = frozenset(
    {
        "find_provider",
        "draft_email",
        "log_migraine",
        "show_diary",
        "set_reminder",
        "start_screening",
    }
)
UNSURE, YES, NO = "unsure", "yes", "no"
LEAVING_INTENTS = frozenset({"stop", "human_handoff", "delete_data", "repeat"})
RESTARTING_INTENTS = frozenset({"start_screening", "affirm", "deny"})
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
INDEX = re.compile(r"[1-9]")

Entity = Mapping[str, Any]
Question = Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """An answer: a code, a number or codes; and what was named that its follow-up asks for."""

    answer: str | int | tuple[str, ...]
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Understood:
    """What a message is: danger, answer, correction, back, why, skip, leave, question or nothing.

    An answer has a `reading`; so has a correction, if it says what the last answer should be.
    """

    kind: str
    reading: Reading | None = None


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
    tapped = next((c for c in question["choices"] if normalized(c["title"]) == said), None)
    if tapped:
        code = str(tapped["code"])
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


def understand(
    question: Question, last_question: Question | None, message: Mapping[str, Any]
) -> Understood:
    """What a message means while `question` is pending.

    A danger comes first, whatever else the words may mean. A choice that was named in full
    is an answer; else a wish to correct, to go back or to leave comes before a loose reading.

    Args:
        question: see `read_answer`.
        last_question: the one that was answered before.
        message: Rasa's parse of it: text, intent, entities.
    """
    text, intent = message.get("text") or "", message["intent"].get("name")
    if intent in SAFETY_INTENTS - {ADVICE}:
        return Understood("danger")
    reading = read_answer(question, text, message["entities"])
    is_tapped = any(normalized(text) == normalized(c["title"]) for c in question["choices"])
    if not is_tapped:
        correction = correction_in(text)
        if correction is not None:
            about_it = last_question if correction else None
            again = about_it and read_answer(about_it, correction, message["entities"])
            return Understood("correction", again or None)
        command = command_in(text)
        is_number = reading is not None and isinstance(reading.answer, int)
        if command and not (command == "skip" and is_number):
            return Understood(command)
        is_one_word = reading is not None and len(normalized(text).split()) == 1
        if intent in LEAVING_INTENTS and not is_one_word and not _is_answer(message, reading):
            return Understood("leave")
    reading = _weighed(question, message, reading, is_tapped)
    if reading:
        return Understood("answer", reading)
    return Understood("question" if is_digression(intent) else "nothing")


def _is_answer(message: Mapping[str, Any], reading: Reading | None) -> bool:
    """Do rules and statistics agree that it answers, whatever wish it sounds like?"""
    likely: Mapping[str, float] = message.get("answer") or {}
    return reading is not None and likely.get(str(reading.answer), 0.0) >= PLAINLY


def _weighed(
    question: Question, message: Mapping[str, Any], reading: Reading | None, is_tapped: bool
) -> Reading | None:
    """The reading by rules, weighed against the statistics of `nlu/answers.py`.

    How much a rule counts depends on what it saw: something named, a plain yes or no, or words
    that only sound like one. A question is no answer.
    """
    likely: Mapping[str, float] = message.get("answer") or {}
    codes = {choice["code"] for choice in question["choices"]}
    if not likely or is_tapped or question["several"] or question["number"]:
        return reading
    text = message.get("text") or ""
    said = normalized(text)
    if reading is None:
        is_statement = message["intent"].get("name") not in NO_STATEMENTS
        if not is_statement or text.rstrip().endswith("?") or ASKS.match(said):
            return None
    scores = {code: log(max(p, LEAST)) for code, p in likely.items() if code in codes | {OTHER}}
    if reading and reading.answer in scores:
        is_plain = len(said.split()) <= FEW_WORDS
        weight = PLAIN if is_plain else NAMED if reading.details else LOOSE
        scores[str(reading.answer)] += weight
    meaning = max(scores, key=lambda code: scores[code])
    share = exp(scores[meaning]) / sum(map(exp, scores.values()))
    enough = ENOUGH_FOR_NO if meaning == NO and reading != Reading(NO) else ENOUGH
    if meaning == OTHER or share < enough:
        return reading
    details = reading.details if reading and meaning != NO else ()
    return Reading(meaning, details)


def is_digression(intent: str | None) -> bool:
    """Is a message that is no answer worth a reply of its own?"""
    return intent is not None and intent not in NOT_UNDERSTOOD_INTENTS | RESTARTING_INTENTS


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
