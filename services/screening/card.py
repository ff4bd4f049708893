"""The page to take away: what was answered, what it leads to and why, what to ask. Pure."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import yaml

from services.screening.answers import Answer
from services.screening.assess import Assessment
from services.screening.model import UNSURE, Question, Questionnaire

SOURCES: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).resolve().parents[2] / "data" / "sources.yml").read_text(encoding="utf-8")
)["sources"]
UNITS = {"d": "days", "a": "years"}


@dataclass(frozen=True)
class Advice:
    """What a rule says, its class, and the answers that met it, in words."""

    text: str
    rule_class: str
    because: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    title: str
    made_on: str
    is_complete: bool
    result: str
    advice: tuple[Advice, ...]
    answers: tuple[tuple[str, str], ...]
    questions_to_ask: tuple[str, ...]
    sources: tuple[str, ...]
    disclaimer: str
    version: str


def page(questionnaire: Questionnaire, assessment: Assessment, made_at: datetime) -> Page:
    """Put the page together."""
    asked = questionnaire.by_id
    used = [source for reason in assessment.reasons for source in reason.rule.sources]
    if questionnaire.scoring:
        used = list(questionnaire.scoring.sources)
    return Page(
        title=questionnaire.title,
        made_on=f"{made_at:%B} {made_at.day}, {made_at.year}",
        is_complete=assessment.next_question is None,
        result=_result(questionnaire, assessment),
        advice=tuple(
            Advice(
                reason.rule.advice,
                reason.rule.rule_class.value,
                tuple(_because(asked[q], answer) for q, answer in reason.met_by.items()),
            )
            for reason in assessment.reasons
        ),
        answers=tuple(
            (asked[question].text, in_words(asked[question], answer))
            for question, answer in assessment.answers.items()
        ),
        questions_to_ask=questionnaire.card.questions_to_ask,
        sources=tuple(_cited(source) for source in dict.fromkeys(used)),
        disclaimer=questionnaire.card.disclaimer,
        version=questionnaire.version,
    )


def _because(question: Question, answer: Answer) -> str:
    """A list says by itself what it is about."""
    words = in_words(question, answer)
    return words if question.several and answer != UNSURE else f"{question.text} {words}"


def in_words(question: Question, answer: Answer) -> str:
    """An answer as it is written on the page."""
    if question.number:
        if answer == UNSURE:
            return "Not sure"
        return f"{answer} {UNITS[question.number.unit]}"
    codes = answer if isinstance(answer, tuple) else (answer,)
    titles = {choice.code: choice.title for choice in question.choices} | {UNSURE: "Not sure"}
    return "; ".join(titles[str(code)] for code in codes)


def _result(questionnaire: Questionnaire, assessment: Assessment) -> str:
    if assessment.outcome:
        return questionnaire.card.outcomes[assessment.outcome]
    if assessment.score is None:
        return "Without all answers there is no score."
    score = assessment.score
    return f"Score {score.value}. {score.grade.title}. {score.grade.text}"


def _cited(source: str) -> str:
    entry = SOURCES[source]
    return f"{entry['cite']}. {entry['link']}" if "link" in entry else f"{entry['cite']}."
