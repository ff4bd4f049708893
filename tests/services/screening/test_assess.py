"""From answers to an outcome: what is grave wins, nothing clears anybody, nothing breaks it."""

from hypothesis import given
from hypothesis import strategies as st

from services.screening.assess import GRAVEST_FIRST, assess
from services.screening.model import Outcome, load_questionnaire

QUESTIONNAIRE = load_questionnaire()
HARMLESS = {"red_flags": "no", "age": "adult", "consent": "yes", "needle_fear": "fine"} | {
    question.id: "few" if "few" in question.codes else "no"
    for question in QUESTIONNAIRE.questions
    if question.codes & {"few", "no"} and question.id not in ("red_flags", "consent")
}

answers = st.fixed_dictionaries(
    {},
    optional={
        question.id: st.sampled_from(sorted(question.codes)) for question in QUESTIONNAIRE.questions
    },
)
anything = st.dictionaries(
    st.one_of(st.text(), st.sampled_from([q.id for q in QUESTIONNAIRE.questions])),
    st.one_of(st.text(), st.sampled_from(["yes", "no", "unsure", "adult"])),
)


def test_the_interview_starts_with_red_flags() -> None:
    result = assess(QUESTIONNAIRE, {})
    assert result.next_question is not None
    assert (result.next_question.id, result.answered) == ("red_flags", 0)


def test_harmless_answers_find_nothing_and_nothing_is_left_to_ask() -> None:
    result = assess(QUESTIONNAIRE, HARMLESS)
    assert result.outcome is Outcome.NOTHING_FOUND
    assert (result.reasons, result.next_question) == ((), None)


def test_a_red_flag_ends_the_interview_at_once() -> None:
    result = assess(QUESTIONNAIRE, {"red_flags": "yes"})
    assert result.outcome is Outcome.EMERGENCY
    assert result.next_question is None


def test_a_blood_thinner_means_asking_first_and_says_not_to_stop_it() -> None:
    result = assess(QUESTIONNAIRE, HARMLESS | {"blood_thinner": "yes"})
    assert result.outcome is Outcome.ASK_CLINICIAN_FIRST
    assert "do not stop" in result.reasons[0].advice


def test_the_gravest_reason_decides_and_stands_first() -> None:
    result = assess(QUESTIONNAIRE, HARMLESS | {"blood_thinner": "yes", "skin": "yes"})
    assert result.outcome is Outcome.NOT_NOW
    assert [reason.id for reason in result.reasons] == ["skin_or_fever", "blood_thinner"]


def test_every_rule_can_be_reached_alone() -> None:
    for rule in QUESTIONNAIRE.rules:
        for answer in rule.answers:
            result = assess(QUESTIONNAIRE, HARMLESS | {rule.question: answer})
            assert rule in result.reasons
            assert result.outcome is rule.outcome


def test_every_unsure_answer_leads_somewhere() -> None:
    for question in QUESTIONNAIRE.questions:
        if "unsure" in question.codes:
            result = assess(QUESTIONNAIRE, HARMLESS | {question.id: "unsure"})
            assert result.outcome is not Outcome.NOTHING_FOUND, question.id


@given(anything)
def test_it_accepts_whatever_it_is_given(said: dict[str, str]) -> None:
    assert assess(QUESTIONNAIRE, said).outcome in Outcome


@given(answers)
def test_a_further_answer_never_makes_the_outcome_milder(said: dict[str, str]) -> None:
    before = assess(QUESTIONNAIRE, said)
    for question in QUESTIONNAIRE.questions:
        if question.id in said:
            continue
        for code in question.codes:
            after = assess(QUESTIONNAIRE, said | {question.id: code})
            assert GRAVEST_FIRST.index(after.outcome) <= GRAVEST_FIRST.index(before.outcome)
