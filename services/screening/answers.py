"""Answers to a questionnaire in their one valid form. Pure."""

from collections.abc import Mapping

from services.screening.model import UNSURE, Condition, Question, Questionnaire

# A number, a code, or for a question that takes several the codes in the order of its choices.
Answer = int | str | tuple[str, ...]
Answers = Mapping[str, Answer]


def valid_answer(question: Question, given: object) -> Answer | None:
    """What was given as an answer to the question, or None if it is none.

    A number may only be given as one; several codes as a list without repetition, in any order.
    """
    if given == UNSURE:
        return UNSURE
    if question.number:
        is_number = isinstance(given, int) and not isinstance(given, bool)
        in_range = is_number and question.number.lowest <= given <= question.number.highest  # type: ignore[operator]
        return given if in_range else None  # type: ignore[return-value]
    if not question.several:
        return given if isinstance(given, str) and given in question.codes else None
    if not isinstance(given, list | tuple) or not given:
        return None
    codes = [code for code in given if isinstance(code, str)]
    if len(codes) != len(given) or len(set(codes)) != len(codes) or set(codes) - question.codes:
        return None
    if UNSURE in codes:
        return UNSURE if len(codes) == 1 else None
    return tuple(choice.code for choice in question.choices if choice.code in codes)


def holds(condition: Condition, answers: Answers) -> bool:
    """Does the condition hold? A question that was not answered meets none."""
    answer = answers.get(condition.question)
    if isinstance(answer, int):
        ranged = condition.at_least is not None or condition.at_most is not None
        return (
            ranged
            and (condition.at_least is None or answer >= condition.at_least)
            and (condition.at_most is None or answer <= condition.at_most)
        )
    codes = answer if isinstance(answer, tuple) else () if answer is None else (answer,)
    return any(code in condition.any_of for code in codes)


def applicable(questionnaire: Questionnaire, given: Mapping[str, object]) -> dict[str, Answer]:
    """The valid answers to questions that are to be asked, in the order of the questions.

    Everything else counts as not answered: unknown questions, invalid answers, and answers to
    follow-ups of a question that was since answered otherwise.
    """
    answers: dict[str, Answer] = {}
    for question in questionnaire.questions:
        answer = valid_answer(question, given.get(question.id))
        if answer is not None and is_asked(question, answers):
            answers[question.id] = answer
    return answers


def is_asked(question: Question, answers: Answers) -> bool:
    """Is the question to be asked, given the answers to those before it?"""
    return question.ask_when is None or holds(question.ask_when, answers)
