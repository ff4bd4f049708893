"""Questionnaires as data, validated when loaded. Nothing here knows what is asked about."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

INSTRUMENTS = Path(__file__).parent / "instruments"
# Every question can be answered with it, and it stands alone.
UNSURE = "unsure"

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]


class Outcome(StrEnum):
    """Where the answers lead, from the gravest to the mildest."""

    EMERGENCY = "emergency"
    NOT_NOW = "not_now"
    ASK_CLINICIAN_FIRST = "ask_clinician_first"
    NOTHING_FOUND = "nothing_found"


class RuleClass(StrEnum):
    ABSOLUTE = "absolute"
    RELATIVE = "relative"
    PRECAUTION = "precaution"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Choice(_Strict):
    """One possible answer. `terms`: what is named in free words when it is meant; names of
    conditions and classes of medicines in data/medical_words.yml."""

    code: Code
    title: Text
    terms: tuple[str, ...] = ()


class Number(_Strict):
    """A whole number from `lowest` to `highest`.

    `unit` is a UCUM code ("d", "a"); `period_days` says to how many days a count of days refers.
    """

    lowest: int
    highest: int
    unit: str
    period_days: int | None = None


class Condition(_Strict):
    """Holds when the answer is, or has among it, one of `any_of`, or lies in the range."""

    question: Code
    any_of: tuple[Code, ...] = ()
    at_least: int | None = None
    at_most: int | None = None


class Question(_Strict):
    """Something to ask.

    Attributes:
        text: what is asked.
        why: said when the person asks why, or for simpler words.
        choices: the answers to choose from; with `several`, more than one may be chosen.
        number: the answer is a number instead.
        ask_when: asked only when this holds.
        details: the follow-up question that asks which, after a yes.
        past_counts: what was once and is over counts, too.
        sources: ids of data/sources.yml.
    """

    id: Code
    text: Text
    why: Text
    choices: tuple[Choice, ...] = ()
    several: bool = False
    number: Number | None = None
    ask_when: Condition | None = None
    details: Code | None = None
    past_counts: bool = False
    sources: tuple[str, ...] = Field(min_length=1)

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(choice.code for choice in self.choices) | {UNSURE}

    @model_validator(mode="after")
    def _has_answers(self) -> Self:
        if (self.number is None) == (len(self.choices) < 2):
            raise ValueError(f"Question {self.id}: give either two choices or more, or a number.")
        return self


class Rule(_Strict):
    """A reason, met when all of `when` hold. It is not told when one of `unless_told` is."""

    id: Code
    when: tuple[Condition, ...] = Field(min_length=1)
    outcome: Outcome
    rule_class: RuleClass = Field(alias="class")
    advice: Text
    sources: tuple[str, ...] = Field(min_length=1)
    unless_told: tuple[Code, ...] = ()


class Grade(_Strict):
    code: Code
    title: Text
    lowest: int = Field(alias="from")
    highest: int | None = Field(default=None, alias="to")
    text: Text


class Scoring(_Strict):
    """The score is the sum of the answers to `sum_of`, and falls into one of the grades."""

    sum_of: tuple[Code, ...] = Field(min_length=1)
    grades: tuple[Grade, ...] = Field(min_length=1)
    sources: tuple[str, ...] = Field(min_length=1)


class Card(_Strict):
    """What the page to take away says besides the answers."""

    outcomes: dict[Outcome, Text] = {}
    questions_to_ask: tuple[Text, ...]
    disclaimer: Text


class Questionnaire(_Strict):
    """The questions, their rules or scoring, and their version.

    Raises:
        ValueError: an id occurs twice; a rule or a question refers to something that does not exist
            or is asked later; a question leads nowhere; an unsure answer would count as no.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
    version: str
    title: Text
    reviewed_by: str
    questions: tuple[Question, ...] = Field(min_length=1)
    rules: tuple[Rule, ...] = ()
    scoring: Scoring | None = None
    card: Card

    @property
    def by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions}

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        for problem in _problems(self):
            raise ValueError(problem)
        return self


def _problems(it: Questionnaire) -> Iterator[str]:
    rule_ids = [rule.id for rule in it.rules]
    for kind, ids in (("question", [question.id for question in it.questions]), ("rule", rule_ids)):
        if len(ids) != len(set(ids)):
            yield f"A {kind} id occurs twice."
    asked: dict[str, Question] = {}
    for question in it.questions:
        if question.ask_when:
            yield from _condition_problems(f"Question {question.id}", question.ask_when, asked)
        asked[question.id] = question
    for rule in it.rules:
        for condition in rule.when:
            yield from _condition_problems(f"Rule {rule.id}", condition, asked)
        unknown = set(rule.unless_told) - set(rule_ids)
        if unknown:
            yield f"Rule {rule.id}: there is no rule {sorted(unknown)}."
    for question in it.questions:
        detail = asked.get(question.details or question.id)
        if detail is None or (
            question.details
            and (detail.ask_when is None or detail.ask_when.question != question.id)
        ):
            yield f"Question {question.id}: {question.details} does not follow it."
        if it.rules and not any(
            c.question == question.id and UNSURE in c.any_of
            for rule in it.rules
            for c in rule.when
            if len(rule.when) == 1
        ):
            yield f"Question {question.id}: an unsure answer would count as no."
    for summed in it.scoring.sum_of if it.scoring else ():
        if summed not in asked or asked[summed].number is None:
            yield f"Scoring: {summed} is no question that takes a number."
    if not it.rules and not it.scoring:
        yield "There are neither rules nor a scoring: no answer leads anywhere."


def _condition_problems(where: str, it: Condition, asked: dict[str, Question]) -> Iterator[str]:
    question = asked.get(it.question)
    if question is None:
        yield f"{where}: there is no question {it.question} before it."
        return
    if set(it.any_of) - question.codes:
        yield f"{where}: {it.question} has no answer {sorted(set(it.any_of) - question.codes)}."
    has_range = it.at_least is not None or it.at_most is not None
    if has_range and question.number is None:
        yield f"{where}: {it.question} takes no number."
    if not has_range and not it.any_of:
        yield f"{where}: the condition on {it.question} is empty."


def load_questionnaire(folder: Path) -> Questionnaire:
    """Read `questionnaire.yml` and, if there is one, `rules.yml` of a folder.

    Raises:
        pydantic.ValidationError: the data are not as described above.
    """
    content = yaml.safe_load((folder / "questionnaire.yml").read_text(encoding="utf-8"))
    choice_sets = content.pop("choice_sets", {})
    for question in content["questions"]:
        if isinstance(question.get("choices"), str):
            question["choices"] = choice_sets[question["choices"]]
    rules: dict[str, Any] = {}
    if (folder / "rules.yml").exists():
        rules = yaml.safe_load((folder / "rules.yml").read_text(encoding="utf-8"))
    return Questionnaire.model_validate({**content, **rules})


def load_instruments(folder: Path = INSTRUMENTS) -> dict[str, Questionnaire]:
    """All questionnaires by id; the folder's name is the id.

    Raises:
        pydantic.ValidationError: see `load_questionnaire`.
        ValueError: an id is not the folder's name.
    """
    loaded = {path.name: load_questionnaire(path) for path in sorted(folder.iterdir())}
    for name, questionnaire in loaded.items():
        if name != questionnaire.id:
            raise ValueError(f"{folder / name}: the id must be {name!r}.")
    return loaded
