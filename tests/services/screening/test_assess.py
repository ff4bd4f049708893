"""From answers to an outcome: what is grave wins, nothing clears anybody, nothing breaks it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.screening.assess import GRAVEST_FIRST, Assessment, assess
from services.screening.model import UNSURE, Outcome, Question, Rule
from tests.services.screening.strategies import (
    MIDAS,
    NEEDLING,
    answers_to,
    anything,
    interviews,
)

HARMLESS: dict[str, Any] = {
    "red_flags": "no", "age": 40, "consent": "yes", "pregnancy": "no", "blood": "no",
    "infection": "no", "conditions": "no", "implant": "no", "neck": "no", "needles": "no",
    "headache_days": 4, "medicine_days": 3, "injections": "no", "preventive": "no",
}  # fmt: skip
# What is asked first, for the rules about follow-ups.
LEADS_THERE: dict[str, dict[str, Any]] = {
    "blood_which": {"blood": "yes"},
    "infection_which": {"infection": "yes"},
    "conditions_which": {"conditions": "yes"},
    "diabetes_control": {"conditions": "yes", "conditions_which": ["diabetes"]},
    "implant_which": {"implant": "yes"},
    "neck_which": {"neck": "yes"},
    "needles_which": {"needles": "yes"},
    "migraine_days": {"headache_days": 20},
    "medicine_which": {"medicine_days": 12},
}
# Here less is riskier than more, or nothing is.
WITHOUT_ORDER = {"age"}
# On the way to "no": what a person would be glad to answer.
GOOD = {"consent": "yes", "diabetes_control": "yes"}


def needling(**answers: Any) -> Assessment:
    return assess(NEEDLING, {**HARMLESS, **answers})


def gravity(outcome: Outcome | None) -> int:
    assert outcome is not None
    return -GRAVEST_FIRST.index(outcome)


def test_the_interview_starts_with_red_flags_and_says_how_long_it_is() -> None:
    result = assess(NEEDLING, {})
    assert result.next_question is not None
    assert (result.next_question.id, len(result.answers), result.total) == ("red_flags", 0, 13)


def test_harmless_answers_find_nothing_and_nothing_is_left_to_ask() -> None:
    result = needling()
    assert result.outcome is Outcome.NOTHING_FOUND
    assert (result.reasons, result.next_question) == ((), None)


def test_a_red_flag_ends_the_interview_at_once() -> None:
    result = assess(NEEDLING, {"red_flags": "yes"})
    assert result.outcome is Outcome.EMERGENCY
    assert result.next_question is None


def test_a_follow_up_is_asked_only_where_an_answer_calls_for_it() -> None:
    def is_next(question: str, **answers: Any) -> bool:
        result = needling(**answers)
        return result.next_question is not None and result.next_question.id == question

    assert is_next("blood_which", blood="yes")
    assert is_next("migraine_days", headache_days=15)
    assert is_next("medicine_which", medicine_days=10)
    assert is_next("diabetes_control", conditions="yes", conditions_which=["diabetes", "lung"])
    without_pregnancy = {k: v for k, v in HARMLESS.items() if k != "pregnancy"}
    assert assess(NEEDLING, {**without_pregnancy, "age": 70}).next_question is None


def test_a_reason_says_which_answers_met_it() -> None:
    (reason,) = needling(blood="yes", blood_which=["anticoagulant"]).reasons
    assert reason.rule.id == "blood_thinner"
    assert reason.met_by == {"blood_which": ("anticoagulant",)}
    assert "do not stop" in reason.rule.advice


def test_what_says_more_is_told_instead() -> None:
    assert [r.rule.id for r in needling(blood="unsure").reasons] == ["blood"]
    told = needling(blood="unsure", blood_which=["antiplatelet", "supplement"]).reasons
    assert [r.rule.id for r in told] == ["blood_antiplatelet", "blood_supplement"]


def test_overuse_depends_on_what_is_taken() -> None:
    def told(days: int, *which: str) -> list[str]:
        return [r.rule.id for r in needling(medicine_days=days, medicine_which=[*which]).reasons]

    assert told(9, "triptan") == []
    assert told(10, "triptan") == ["overuse"]
    assert told(14, "simple") == ["many_medicine_days"]
    assert told(15, "simple") == ["overuse_simple"]


def test_the_gravest_reason_decides_and_stands_first() -> None:
    result = needling(
        blood="yes", blood_which=["antiplatelet"], infection="yes", infection_which=["fever"]
    )
    assert result.outcome is Outcome.NOT_NOW
    assert [reason.rule.id for reason in result.reasons] == ["fever", "blood_antiplatelet"]


def meeting(rule: Rule) -> dict[str, Any]:
    """Answers that meet a rule, and the follow-ups that its questions need."""
    answers: dict[str, Any] = {}
    for condition in rule.when:
        answers |= LEADS_THERE.get(condition.question, {})
    for condition in rule.when:
        question = NEEDLING.by_id[condition.question]
        bounds = [b for b in (condition.at_least, condition.at_most) if b is not None]
        answer: Any = bounds[0] if bounds else condition.any_of[0]
        answers[question.id] = [answer] if question.several and answer != UNSURE else answer
    return answers


@pytest.mark.parametrize("rule", NEEDLING.rules, ids=lambda rule: rule.id)
def test_every_rule_can_be_reached_and_told(rule: Rule) -> None:
    result = needling(**meeting(rule))
    assert rule.id in {reason.rule.id for reason in result.reasons}
    assert gravity(result.outcome) >= gravity(rule.outcome)
    assert rule.sources


@pytest.mark.parametrize("question", NEEDLING.questions, ids=lambda question: question.id)
def test_an_unsure_answer_never_counts_as_no(question: Question) -> None:
    result = needling(**LEADS_THERE.get(question.id, {}), **{question.id: UNSURE})
    assert result.outcome is not Outcome.NOTHING_FOUND


def riskier(question: Question, answer: Any) -> st.SearchStrategy[Any]:
    """Answers that tell of more risk: yes after unsure after no, more days, more of a list."""
    if question.number:
        if answer == UNSURE:
            return st.just(UNSURE)
        return st.integers(answer, question.number.highest)
    if question.several:
        rest = sorted(question.codes - {UNSURE} - set([] if answer == UNSURE else answer))
        more = st.lists(st.sampled_from(rest), unique=True) if rest else st.just([])
        return more.map(lambda codes: [*([] if answer == UNSURE else answer), *codes] or UNSURE)
    order = ["no", UNSURE, "yes"] if question.id not in GOOD else ["yes", UNSURE, "no"]
    return st.sampled_from(order[order.index(answer) :])


@given(st.data())
def test_adding_a_risk_never_makes_the_outcome_milder(data: st.DataObject) -> None:
    answers = data.draw(interviews(NEEDLING))
    ordered = [q for q in NEEDLING.questions if q.id in answers and q.id not in WITHOUT_ORDER]
    if not ordered:
        return
    question = data.draw(st.sampled_from(ordered))
    worse = {**answers, question.id: data.draw(riskier(question, answers[question.id]))}
    before, after = assess(NEEDLING, answers), assess(NEEDLING, worse)
    assert gravity(after.outcome) >= gravity(before.outcome), (question.id, answers, worse)


@given(st.data())
def test_a_further_answer_never_makes_the_outcome_milder(data: st.DataObject) -> None:
    answers = data.draw(interviews(NEEDLING))
    unanswered = [q for q in NEEDLING.questions if q.id not in answers]
    if not unanswered:
        return
    question = data.draw(st.sampled_from(unanswered))
    after = assess(NEEDLING, {**answers, question.id: data.draw(answers_to(question))})
    assert gravity(after.outcome) >= gravity(assess(NEEDLING, answers).outcome)


@given(anything)
def test_it_accepts_whatever_it_is_given(said: dict[str, Any]) -> None:
    assert assess(NEEDLING, said).outcome in Outcome
    assert assess(MIDAS, said).outcome is None


@given(interviews(NEEDLING))
def test_an_interview_ends_and_never_asks_twice(answers: dict[str, Any]) -> None:
    asked: list[str] = []
    said: dict[str, Any] = {}
    while question := assess(NEEDLING, said).next_question:
        assert question.id not in asked
        asked.append(question.id)
        said[question.id] = answers.get(question.id, UNSURE)
    assert len(asked) <= len(NEEDLING.questions)


MISSED = dict.fromkeys((q.id for q in MIDAS.questions), 0)


@pytest.mark.parametrize(
    ("days", "grade"),
    [(0, "grade_1"), (5, "grade_1"), (6, "grade_2"), (10, "grade_2"), (11, "grade_3"),
     (20, "grade_3"), (21, "grade_4"), (92, "grade_4")],
)  # fmt: skip
def test_midas_sums_days_to_the_published_grades(days: int, grade: str) -> None:
    score = assess(MIDAS, {**MISSED, "missed_work": days}).score
    assert score is not None
    assert (score.value, score.grade.code) == (days, grade)


def test_without_all_answers_there_is_no_score() -> None:
    assert assess(MIDAS, {**MISSED, "missed_work": "unsure"}).score is None
    assert assess(MIDAS, {"missed_work": 3}).score is None
