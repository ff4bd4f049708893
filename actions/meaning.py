"""What a message means while a question is pending: rules and statistics, weighed. Pure functions.

The rules are in `actions.answers`; the statistics are those of `nlu/answers.py`, which come with
the message. Each rule that speaks adds to the logarithm of a kind's probability.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from actions.answers import (
    ASKS,
    FEW_WORDS,
    NO,
    UNSURE,
    YES,
    Question,
    Reading,
    command_in,
    corrected_to,
    correction_in,
    is_tapped,
    read_answer,
)
from actions.conversation import NOT_UNDERSTOOD_INTENTS, SAFETY_INTENTS
from actions.reading import normalized

ADVICE = "ask_medical_advice"
LEAVING_INTENTS = frozenset({"stop", "human_handoff", "delete_data", "repeat"})
RESTART = "start_screening"
RESTARTING_INTENTS = frozenset({RESTART, "affirm", "deny"})
SMALL_TALK = frozenset({"thank", "greet"})
NUMBER, LIST, CORRECTION, STOP, ASKED, NOTHING = (
    "number", "list", "correct", "stop", "question", "nothing",
)  # fmt: skip
COMMANDS = frozenset({"back", "why", "skip"})
ANSWERS = frozenset({YES, NO, UNSURE, NUMBER, LIST})
# The statistics say nothing of questions that they were not trained on.
ALL_KINDS = ANSWERS | COMMANDS | {CORRECTION, STOP, ASKED, NOTHING}


@dataclass(frozen=True)
class Weights:
    """What a rule adds to the logarithm of a probability, by what was seen.

    Attributes:
        plain: an answer of few words.
        named: a number, or something that the question is about.
        loose: words that only sound like an answer.
        command: back, why or skip; `correction`: the last answer taken back.
        leave: an intent that ends the questions; `asks`: a question by its form.
        digression: an intent that has a reply of its own, or that says nothing; `certainly`, if
            it is `certain` and no rule sees an answer.
        nothing: for what no rule speaks.
        least: a probability below this counts as this.
        name: a choice counts as named from this probability on; `name_seen`, if the rules saw
            it, too; `name_alone`, if there is no other.
        enough_for_no: a no that only statistics see needs this probability: a risk that is taken
            for none is worse than a question asked twice.
    """

    plain: float = 6.0
    named: float = 2.5
    loose: float = 1.0
    command: float = 4.0
    correction: float = 6.0
    leave: float = 3.0
    asks: float = 0.5
    digression: float = 1.5
    certain: float = 0.99
    certainly: float = 3.0
    nothing: float = 0.0
    least: float = 1e-3
    name: float = 0.55
    name_seen: float = 0.05
    name_alone: float = 0.1
    enough_for_no: float = 0.8


WEIGHTS = Weights()


@dataclass(frozen=True)
class Understood:
    """What a message is: danger, answer, correction, back, why, skip, leave, question or nothing.

    An answer has a `reading`; so has a correction, if it says what the last answer should be.
    """

    kind: str
    reading: Reading | None = None


def understand(
    question: Question,
    last_question: Question | None,
    message: Mapping[str, Any],
) -> Understood:
    """What a message means while `question` is pending.

    A danger comes first, whatever else the words may mean; a tapped choice is that choice.

    Args:
        question: see `read_answer`.
        last_question: the one that was answered before.
        message: Rasa's parse of it: text, intent, entities, and `answer` from `nlu/answers.py`.
    """
    text, intent = message.get("text") or "", message["intent"].get("name")
    if intent in SAFETY_INTENTS - {ADVICE}:
        return Understood("danger")
    reading = read_answer(question, text, message["entities"])
    if is_tapped(question, text):
        return Understood("answer", reading)
    statistics = message.get("answer") or {"kinds": {}, "named": {}}
    scores = _scores(message, reading, statistics["kinds"])
    for kind in sorted(scores, key=lambda kind: -scores[kind]):
        understood = _as(kind, question, last_question, message, reading, statistics)
        if understood:
            return understood
    return Understood("nothing")


def _scores(
    message: Mapping[str, Any],
    reading: Reading | None,
    likely: Mapping[str, float],
) -> dict[str, float]:
    """A score for every kind of message, out of the statistics and the rules."""
    text, intent = message.get("text") or "", message["intent"].get("name")
    said = normalized(text)
    grouped = dict.fromkeys(ALL_KINDS, WEIGHTS.least)
    for kind, probability in likely.items():
        grouped[kind.partition("_")[0]] += probability
    scores = {kind: log(probability) for kind, probability in grouped.items()}
    if reading:
        is_plain = len(said.split()) <= FEW_WORDS
        is_named = reading.details or not isinstance(reading.answer, str)
        scores[_kind_of(reading)] += (
            WEIGHTS.plain if is_plain else WEIGHTS.named if is_named else WEIGHTS.loose
        )
    command = command_in(text)
    if command:
        scores[command] += WEIGHTS.command
    if correction_in(text) is not None:
        scores[CORRECTION] += WEIGHTS.correction
    if intent in LEAVING_INTENTS:
        scores[STOP] += WEIGHTS.leave
    if text.rstrip().endswith("?") or ASKS.match(said):
        scores[ASKED] += WEIGHTS.asks
    other = ASKED if is_digression(intent) else NOTHING
    scores[other] += WEIGHTS.digression
    is_certain = message["intent"].get("confidence", 0.0) >= WEIGHTS.certain
    if is_certain and not (reading or command) and intent not in NOT_UNDERSTOOD_INTENTS:
        scores[other] += WEIGHTS.plain if intent in SMALL_TALK else WEIGHTS.certainly
    scores[NOTHING] += WEIGHTS.nothing
    return scores


def _as(
    kind: str,
    question: Question,
    last_question: Question | None,
    message: Mapping[str, Any],
    reading: Reading | None,
    statistics: Mapping[str, Mapping[str, float]],
) -> Understood | None:
    """The message taken for a `kind`, or None if it cannot be that."""
    text, intent = message.get("text") or "", message["intent"].get("name")
    if kind == CORRECTION:
        said_anew = correction_in(text)
        again = last_question and _again(last_question, said_anew, message, statistics["kinds"])
        return Understood("correction", again or None)
    if kind in COMMANDS:
        return Understood(kind)
    if kind == STOP:
        return Understood("leave") if intent in LEAVING_INTENTS else None
    if kind == ASKED:
        if intent in LEAVING_INTENTS:
            return Understood("leave")
        if intent == RESTART:
            return Understood("nothing")
        return Understood("question") if is_digression(intent) else None
    if kind == NOTHING:
        is_other = is_digression(intent) and intent != STOP
        return Understood("question" if is_other else "nothing")
    answer = _reading_as(kind, question, reading, statistics)
    return Understood("answer", answer) if answer else None


def _reading_as(
    kind: str,
    question: Question,
    reading: Reading | None,
    statistics: Mapping[str, Mapping[str, float]],
) -> Reading | None:
    is_read = reading is not None and _kind_of(reading) == kind
    if kind == NUMBER:
        return reading if is_read else None
    named = statistics["named"]
    if kind == LIST:
        if not question["several"]:
            return None
        seen = reading.answer if reading and isinstance(reading.answer, tuple) else ()
        codes = _named(question["choices"], seen, named)
        return Reading(codes) if codes else None
    if kind not in {choice["code"] for choice in question["choices"]}:
        return Reading(UNSURE) if kind == NO and question["several"] else None
    if kind == NO and not is_read and statistics["kinds"].get(NO, 0.0) < WEIGHTS.enough_for_no:
        return None
    if kind == NO:
        return Reading(NO)
    seen = reading.details if reading else ()
    return Reading(kind, _named(question["details"], seen, named))


def _named(
    choices: Sequence[Mapping[str, Any]],
    seen: Collection[str],
    named: Mapping[str, float],
) -> tuple[str, ...]:
    """The choices that rules have seen or that are likely named; else the likeliest."""
    likely = {str(c["code"]): named.get(c["code"], 0.0) for c in choices}
    codes = [
        code
        for code, p in likely.items()
        if p >= WEIGHTS.name or (code in seen and p >= WEIGHTS.name_seen)
    ]
    best = max(likely, key=lambda code: likely[code], default="")
    if not codes and likely.get(best, 0.0) >= WEIGHTS.name_alone:
        codes = [best]
    return tuple(codes or (code for code in likely if code in seen))


def _again(
    last_question: Question,
    said_anew: str | None,
    message: Mapping[str, Any],
    likely: Mapping[str, float],
) -> Reading | None:
    """What a correction says the last answer should be."""
    text = message.get("text") or ""
    codes = {choice["code"] for choice in last_question["choices"]}
    plainly = corrected_to(text)
    if plainly and plainly in codes and not last_question["several"]:
        return Reading(plainly)
    for words in (said_anew, text):
        reading = read_answer(last_question, words, message["entities"]) if words else None
        if reading:
            return reading
    best = max((k for k in likely if k.startswith(CORRECTION)), key=lambda k: likely[k], default="")
    meaning = best.partition("_")[2]
    return Reading(meaning) if meaning in codes else None


def is_digression(intent: str | None) -> bool:
    """Is a message that is no answer worth a reply of its own?"""
    return intent is not None and intent not in NOT_UNDERSTOOD_INTENTS | RESTARTING_INTENTS


def _kind_of(reading: Reading) -> str:
    if isinstance(reading.answer, int):
        return NUMBER
    return reading.answer if isinstance(reading.answer, str) else LIST
