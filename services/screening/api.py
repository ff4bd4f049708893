"""The screening service: questionnaires, the assessment of answers, and what a person keeps."""

import os
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.problems import Problem
from services.screening.answers import Answer, valid_answer
from services.screening.assess import Assessment, assess
from services.screening.card import page
from services.screening.card_html import as_html
from services.screening.card_pdf import as_pdf
from services.screening.fhir import fhir_questionnaire, fhir_questionnaire_response
from services.screening.model import (
    Code,
    Outcome,
    Question,
    Questionnaire,
    RuleClass,
    load_instruments,
)
from services.screening.populate import populate
from services.screening.records import KeyUsedOtherwise, Record, Records

MOST_ANSWERS = 100
MOST_CODES = 20
DEFAULT = "needling"
# The card is one person's: no cache may keep it, and no page may learn its address.
PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
}

INSTRUMENTS: dict[str, Questionnaire] = load_instruments()

router = APIRouter(prefix="/screening", tags=["screening"])


@cache
def records() -> Records:
    """The store at SCREENING_DATABASE_URL; without one, in the memory of this process."""
    return Records(os.environ.get("SCREENING_DATABASE_URL", "sqlite://"))


Store = Annotated[Records, Depends(records)]
ShortText = Annotated[str, StringConstraints(max_length=60)]
AnswerIn = int | ShortText | Annotated[list[ShortText], Field(max_length=MOST_CODES)]


class AnswersIn(BaseModel):
    """Answers so far, by question id; an empty object starts the interview.

    An answer is a code, a number, a list of codes where several may be chosen, or "unsure".
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    questionnaire: ShortText = DEFAULT
    answers: dict[Code, AnswerIn] = Field(
        max_length=MOST_ANSWERS, examples=[{"red_flags": "no", "age": 40}]
    )


class RecordIn(AnswersIn):
    """`consent`: the person has agreed that the answers are kept for 30 days."""

    consent: bool


class KnownIn(AnswersIn):
    """`terms`: conditions and classes of medicines, as data/medical_words.yml names them."""

    terms: Annotated[list[ShortText], Field(max_length=MOST_ANSWERS)]


class ChoiceOut(BaseModel):
    code: str
    title: str
    terms: list[str]


class NumberOut(BaseModel):
    lowest: int
    highest: int
    unit: str
    period_days: int | None


class QuestionOut(BaseModel):
    """`details` are the choices of the follow-up `details_id`, which asks which, after a yes."""

    id: str
    text: str
    why: str
    choices: list[ChoiceOut]
    several: bool
    number: NumberOut | None
    past_counts: bool
    details_id: str | None
    details: list[ChoiceOut]


class ReasonOut(BaseModel):
    """A rule that was met, and the answers that met it."""

    rule: str
    rule_class: RuleClass = Field(serialization_alias="class")
    outcome: Outcome
    met_by: dict[str, Answer]
    advice: str
    sources: list[str]


class ScoreOut(BaseModel):
    value: int
    grade: str
    title: str
    text: str


class AssessmentOut(BaseModel):
    """Where the interview stands. `nothing_found` is not a medical clearance.

    `answers` are those that count: answers to follow-ups that are no longer asked are left out.
    """

    questionnaire: str
    version: str
    title: str
    outcome: Outcome | None
    reasons: list[ReasonOut]
    score: ScoreOut | None
    answers: dict[str, Answer]
    next_question: QuestionOut | None
    answered: int
    total: int


class RecordOut(BaseModel):
    """Who knows `id` can read and delete the record."""

    id: str
    expires_at: datetime
    assessment: AssessmentOut


class PopulatedOut(BaseModel):
    answers: dict[str, Answer]
    questionnaire_response: dict[str, Any]


@router.get("/questionnaire")
async def questionnaire(id: ShortText = DEFAULT) -> dict[str, Any]:
    """The questions as a FHIR R4 Questionnaire (SDC)."""
    return fhir_questionnaire(_instrument(id))


@router.get("/instruments")
async def instruments() -> list[dict[str, str]]:
    """What can be asked: id, version and title."""
    return [{"id": i.id, "version": i.version, "title": i.title} for i in INSTRUMENTS.values()]


@router.post("/assessments")
async def assessments(body: AnswersIn) -> AssessmentOut:
    """Judge the answers so far and name the next question. Nothing is stored."""
    instrument = _instrument(body.questionnaire)
    return _assessment_out(instrument, assess(instrument, _valid(instrument, body)))


@router.post("/populate")
async def populated(body: KnownIn) -> PopulatedOut:
    """The answers that follow from what is known, also as a QuestionnaireResponse."""
    instrument = _instrument(body.questionnaire)
    answers = populate(instrument, body.terms, _valid(instrument, body))
    response = fhir_questionnaire_response(instrument, answers, False, datetime.now(UTC))
    return PopulatedOut(answers=answers, questionnaire_response=response)


@router.post("/records", status_code=201)
def keep(
    body: RecordIn,
    store: Store,
    idempotency_key: Annotated[str | None, Header(max_length=100)] = None,
) -> RecordOut:
    """Keep answers for 30 days, with the person's consent; the same key keeps them once."""
    if not body.consent:
        raise Problem(
            422, "no-consent", "Nothing is kept without consent.", "`consent` must be true."
        )
    instrument = _instrument(body.questionnaire)
    answers = _valid(instrument, body)
    try:
        record = store.add(instrument.id, instrument.version, answers, idempotency_key)
    except KeyUsedOtherwise:
        raise Problem(
            409,
            "idempotency-key-reused",
            "This key was used with other content.",
            "Use a new Idempotency-Key for other answers.",
        ) from None
    return RecordOut(
        id=record.id,
        expires_at=record.expires_at,
        assessment=_assessment_out(instrument, assess(instrument, record.answers)),
    )


@router.get("/records/{record_id}")
def record(record_id: ShortText, store: Store, response: Response) -> RecordOut:
    """What was kept, assessed by the rules of today."""
    response.headers.update(PRIVATE)
    kept, instrument, assessment = _kept(record_id, store)
    return RecordOut(
        id=kept.id,
        expires_at=kept.expires_at,
        assessment=_assessment_out(instrument, assessment),
    )


@router.get("/records/{record_id}/card.html", response_class=HTMLResponse)
def card_html(record_id: ShortText, store: Store) -> HTMLResponse:
    """The page to print."""
    kept, instrument, assessment = _kept(record_id, store)
    return HTMLResponse(as_html(page(instrument, assessment, kept.created_at)), headers=PRIVATE)


@router.get("/records/{record_id}/card.pdf", response_class=Response)
def card_pdf(record_id: ShortText, store: Store) -> Response:
    """The page to print, as a PDF."""
    kept, instrument, assessment = _kept(record_id, store)
    return Response(
        as_pdf(page(instrument, assessment, kept.created_at)),
        media_type="application/pdf",
        headers={**PRIVATE, "Content-Disposition": 'inline; filename="needlewise.pdf"'},
    )


@router.get("/records/{record_id}/questionnaire-response")
def questionnaire_response(
    record_id: ShortText, store: Store, response: Response
) -> dict[str, Any]:
    """The answers as a FHIR R4 QuestionnaireResponse."""
    response.headers.update(PRIVATE)
    kept, instrument, assessment = _kept(record_id, store)
    completed = assessment.next_question is None
    return fhir_questionnaire_response(instrument, assessment.answers, completed, kept.created_at)


@router.delete("/records/{record_id}", status_code=204)
def forget(record_id: ShortText, store: Store) -> None:
    """Delete what was kept; a record that is not there is deleted already."""
    store.delete(record_id)


def _instrument(name: str) -> Questionnaire:
    if name not in INSTRUMENTS:
        raise Problem(
            404,
            "unknown-questionnaire",
            "There is no such questionnaire.",
            f"The questionnaires are {sorted(INSTRUMENTS)}.",
        )
    return INSTRUMENTS[name]


def _valid(instrument: Questionnaire, body: AnswersIn) -> dict[str, Answer]:
    questions = instrument.by_id
    answers: dict[str, Answer] = {}
    for question_id, given in body.answers.items():
        question = questions.get(question_id)
        if question is None:
            raise Problem(
                422,
                "unknown-question",
                "There is no such question.",
                f"There is no question {question_id!r}.",
            )
        answer = valid_answer(question, given)
        if answer is None:
            raise Problem(
                422,
                "unknown-answer",
                "The question does not have that answer.",
                f"{question_id!r} takes {_what_it_takes(question)}.",
            )
        answers[question_id] = answer
    return answers


def _what_it_takes(question: Question) -> str:
    if question.number:
        return f"a number from {question.number.lowest} to {question.number.highest}, or 'unsure'"
    return f"{'a list of' if question.several else 'one of'} {sorted(question.codes)}"


def _kept(record_id: str, store: Records) -> tuple[Record, Questionnaire, Assessment]:
    kept = store.get(record_id)
    if kept is None or kept.questionnaire not in INSTRUMENTS:
        raise Problem(
            404, "unknown-record", "There is no such record.", "It was deleted, or is too old."
        )
    instrument = INSTRUMENTS[kept.questionnaire]
    return kept, instrument, assess(instrument, kept.answers)


def _assessment_out(instrument: Questionnaire, result: Assessment) -> AssessmentOut:
    score = result.score
    return AssessmentOut(
        questionnaire=instrument.id,
        version=instrument.version,
        title=instrument.title,
        outcome=result.outcome,
        reasons=[
            ReasonOut(
                rule=reason.rule.id,
                rule_class=reason.rule.rule_class,
                outcome=reason.rule.outcome,
                met_by=reason.met_by,
                advice=reason.rule.advice,
                sources=list(reason.rule.sources),
            )
            for reason in result.reasons
        ],
        score=score
        and ScoreOut(
            value=score.value,
            grade=score.grade.code,
            title=score.grade.title,
            text=score.grade.text,
        ),
        answers=result.answers,
        next_question=_question_out(instrument, result.next_question),
        answered=len(result.answers),
        total=result.total,
    )


def _question_out(instrument: Questionnaire, question: Question | None) -> QuestionOut | None:
    if question is None:
        return None
    details = instrument.by_id[question.details] if question.details else None
    return QuestionOut(
        id=question.id,
        text=question.text,
        why=question.why,
        choices=_choices_out(question),
        several=question.several,
        number=NumberOut(**question.number.model_dump()) if question.number else None,
        past_counts=question.past_counts,
        details_id=question.details,
        details=_choices_out(details) if details else [],
    )


def _choices_out(question: Question) -> list[ChoiceOut]:
    return [ChoiceOut(code=c.code, title=c.title, terms=list(c.terms)) for c in question.choices]
