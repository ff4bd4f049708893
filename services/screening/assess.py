"""From answers to an outcome, with its reasons. Pure and total: it never clears anyone."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.screening.model import Outcome, Question, Questionnaire, Rule

GRAVEST_FIRST = tuple(Outcome)


@dataclass(frozen=True)
class Assessment:
    """Where an interview stands.

    `reasons` are the rules that were met, gravest first. `next_question` is None when all has been
    asked, or when an emergency ends the interview.
    """

    outcome: Outcome
    reasons: tuple[Rule, ...]
    next_question: Question | None
    answered: int


def assess(questionnaire: Questionnaire, answers: Mapping[str, str]) -> Assessment:
    """Judge the answers so far: question id to answer code.

    Answers to unknown questions, and unknown codes, count as not answered.
    """
    known = {
        question.id: answers[question.id]
        for question in questionnaire.questions
        if answers.get(question.id) in question.codes
    }
    met = [rule for rule in questionnaire.rules if known.get(rule.question) in rule.answers]
    reasons = tuple(sorted(met, key=lambda rule: GRAVEST_FIRST.index(rule.outcome)))
    outcome = reasons[0].outcome if reasons else Outcome.NOTHING_FOUND
    unanswered = (question for question in questionnaire.questions if question.id not in known)
    return Assessment(
        outcome=outcome,
        reasons=reasons,
        next_question=None if outcome is Outcome.EMERGENCY else next(unanswered, None),
        answered=len(known),
    )
