"""The screening service: the questionnaire, and the assessment of answers. It stores nothing."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.problems import Problem
from services.screening.assess import assess
from services.screening.fhir import fhir_questionnaire
from services.screening.model import (
    Code,
    Outcome,
    Question,
    Questionnaire,
    RuleClass,
    load_questionnaire,
)

MOST_ANSWERS = 100

QUESTIONNAIRE: Questionnaire = load_questionnaire()

router = APIRouter(prefix="/screening", tags=["screening"])


class AnswersIn(BaseModel):
    """Answers so far, by question id; an empty object starts the interview."""

    model_config = ConfigDict(extra="forbid")

    answers: dict[Code, Annotated[str, StringConstraints(max_length=40)]] = Field(
        max_length=MOST_ANSWERS, examples=[{"red_flags": "no", "age": "adult"}]
    )


class ChoiceOut(BaseModel):
    code: str
    title: str
    lowest: int | None = Field(serialization_alias="from")
    highest: int | None = Field(serialization_alias="to")


class QuestionOut(BaseModel):
    id: str
    text: str
    why: str
    choices: list[ChoiceOut]


class ReasonOut(BaseModel):
    """A rule that was met, and by which answer."""

    rule: str
    rule_class: RuleClass = Field(serialization_alias="class")
    outcome: Outcome
    question: str
    answer: str
    advice: str
    sources: list[str]


class AssessmentOut(BaseModel):
    """Where the interview stands. `nothing_found` is not a medical clearance."""

    questionnaire: str
    version: str
    outcome: Outcome
    reasons: list[ReasonOut]
    next_question: QuestionOut | None
    answered: int
    total: int


@router.get("/questionnaire")
def questionnaire() -> dict[str, Any]:
    """The questions as a FHIR R4 Questionnaire."""
    return fhir_questionnaire(QUESTIONNAIRE)


@router.post("/assessments")
def assessments(body: AnswersIn) -> AssessmentOut:
    """Judge the answers so far and name the next question."""
    questions = {question.id: question for question in QUESTIONNAIRE.questions}
    for question_id, code in body.answers.items():
        if question_id not in questions:
            raise Problem(
                422,
                "unknown-question",
                "There is no such question.",
                f"There is no question {question_id!r}.",
            )
        if code not in questions[question_id].codes:
            raise Problem(
                422,
                "unknown-answer",
                "The question does not have that answer.",
                f"The answers to {question_id!r} are {sorted(questions[question_id].codes)}.",
            )
    result = assess(QUESTIONNAIRE, body.answers)
    return AssessmentOut(
        questionnaire=QUESTIONNAIRE.id,
        version=QUESTIONNAIRE.version,
        outcome=result.outcome,
        reasons=[
            ReasonOut(
                rule=rule.id,
                rule_class=rule.rule_class,
                outcome=rule.outcome,
                question=rule.question,
                answer=body.answers[rule.question],
                advice=rule.advice,
                sources=list(rule.sources),
            )
            for rule in result.reasons
        ],
        next_question=_question_out(result.next_question),
        answered=result.answered,
        total=len(QUESTIONNAIRE.questions),
    )


def _question_out(question: Question | None) -> QuestionOut | None:
    if question is None:
        return None
    return QuestionOut(
        id=question.id,
        text=question.text,
        why=question.why,
        choices=[
            ChoiceOut(code=c.code, title=c.title, lowest=c.lowest, highest=c.highest)
            for c in question.choices
        ],
    )
