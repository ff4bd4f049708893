"""Questions and rules as data, validated when they are loaded."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

FOLDER = Path(__file__).parent

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
    """One possible answer; a number from `from` to `to` means it too."""

    code: Code
    title: Text
    lowest: int | None = Field(default=None, alias="from")
    highest: int | None = Field(default=None, alias="to")


class Question(_Strict):
    id: Code
    text: Text
    why: Text
    choices: tuple[Choice, ...] = Field(min_length=2)
    sources: tuple[str, ...] = Field(min_length=1)

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(choice.code for choice in self.choices)


class Rule(_Strict):
    """A reason, met when the question has one of the answers."""

    id: Code
    question: Code
    answers: tuple[Code, ...] = Field(min_length=1)
    outcome: Outcome
    rule_class: RuleClass = Field(alias="class")
    advice: Text
    sources: tuple[str, ...] = Field(min_length=1)


class Questionnaire(_Strict):
    """The questions, their rules and their version.

    Raises:
        ValueError: an id occurs twice, a rule names a question or an answer that does not exist,
            or an "unsure" answer leads nowhere.
    """

    id: str
    version: str
    title: Text
    reviewed_by: str
    questions: tuple[Question, ...] = Field(min_length=1)
    rules: tuple[Rule, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        for kind, ids in (
            ("question", [question.id for question in self.questions]),
            ("rule", [rule.id for rule in self.rules]),
        ):
            if len(ids) != len(set(ids)):
                raise ValueError(f"A {kind} id occurs twice.")
        questions = {question.id: question for question in self.questions}
        for rule in self.rules:
            if rule.question not in questions:
                raise ValueError(f"Rule {rule.id}: there is no question {rule.question}.")
            unknown = set(rule.answers) - questions[rule.question].codes
            if unknown:
                raise ValueError(f"Rule {rule.id}: {rule.question} has no answer {unknown}.")
        for question in self.questions:
            heeded = {a for r in self.rules if r.question == question.id for a in r.answers}
            if not heeded:
                raise ValueError(f"Question {question.id}: no answer leads anywhere.")
            if "unsure" in question.codes - heeded:
                raise ValueError(f"Question {question.id}: an unsure answer would count as no.")
        return self


def load_questionnaire(folder: Path = FOLDER) -> Questionnaire:
    """Read `questionnaire.yml` and `rules.yml`.

    Raises:
        pydantic.ValidationError: the data are not as described above.
    """
    content = yaml.safe_load((folder / "questionnaire.yml").read_text(encoding="utf-8"))
    choice_sets = content.pop("choice_sets", {})
    for question in content["questions"]:
        if isinstance(question["choices"], str):
            question["choices"] = choice_sets[question["choices"]]
    rules = yaml.safe_load((folder / "rules.yml").read_text(encoding="utf-8"))["rules"]
    return Questionnaire.model_validate({**content, "rules": rules})
