"""From answers to an outcome or a score, with reasons. Pure and total; it never clears anyone."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.screening.answers import Answer, Answers, applicable, holds, is_asked
from services.screening.model import Grade, Outcome, Question, Questionnaire, Rule

GRAVEST_FIRST = tuple(Outcome)


@dataclass(frozen=True)
class Reason:
    """A rule that was met, and the answers that met it."""

    rule: Rule
    met_by: dict[str, Answer]


@dataclass(frozen=True)
class Score:
    value: int
    grade: Grade


@dataclass(frozen=True)
class Assessment:
    """Where an interview stands.

    Attributes:
        outcome: the gravest of the rules that were met; None where there are no rules.
        reasons: what to tell, gravest first.
        score: None while an answer that it needs is missing or unsure.
        answers: the valid answers that were looked at.
        next_question: None when all has been asked, or when an emergency ends the interview.
        total: how many questions there will be, as far as can be said now.
    """

    outcome: Outcome | None
    reasons: tuple[Reason, ...]
    score: Score | None
    answers: dict[str, Answer]
    next_question: Question | None
    total: int


def assess(questionnaire: Questionnaire, given: Mapping[str, object]) -> Assessment:
    """Judge the answers so far, by question id; see `answers.applicable` for what counts."""
    answers = applicable(questionnaire, given)
    met = [rule for rule in questionnaire.rules if all(holds(c, answers) for c in rule.when)]
    met.sort(key=lambda rule: GRAVEST_FIRST.index(rule.outcome))
    outcome = (met[0].outcome if met else Outcome.NOTHING_FOUND) if questionnaire.rules else None
    told = {rule.id for rule in met}
    unanswered = [
        question
        for question in questionnaire.questions
        if question.id not in answers and is_asked(question, answers)
    ]
    ended = outcome is Outcome.EMERGENCY or not unanswered
    return Assessment(
        outcome=outcome,
        reasons=tuple(
            Reason(rule, {c.question: answers[c.question] for c in rule.when})
            for rule in met
            if not told & set(rule.unless_told)
        ),
        score=_score(questionnaire, answers),
        answers=answers,
        next_question=None if ended else unanswered[0],
        total=len(answers) + len(unanswered),
    )


def _score(questionnaire: Questionnaire, answers: Answers) -> Score | None:
    if questionnaire.scoring is None:
        return None
    numbers = [answers.get(question) for question in questionnaire.scoring.sum_of]
    value = 0
    for number in numbers:
        if not isinstance(number, int):
            return None
        value += number
    grade = next(
        grade
        for grade in questionnaire.scoring.grades
        if grade.lowest <= value and (grade.highest is None or value <= grade.highest)
    )
    return Score(value, grade)
