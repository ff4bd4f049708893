"""Random interviews for hypothesis."""

from typing import Any

from hypothesis import strategies as st

from services.screening.model import UNSURE, Question, Questionnaire, load_instruments

INSTRUMENTS = load_instruments()
NEEDLING, MIDAS = INSTRUMENTS["needling"], INSTRUMENTS["midas"]


def answers_to(question: Question) -> st.SearchStrategy[Any]:
    """Valid answers to a question."""
    if question.number:
        numbers = st.integers(question.number.lowest, question.number.highest)
        return st.one_of(numbers, st.just(UNSURE))
    codes = sorted(question.codes - {UNSURE})
    if not question.several:
        return st.sampled_from([*codes, UNSURE])
    return st.one_of(st.just(UNSURE), st.lists(st.sampled_from(codes), min_size=1, unique=True))


def interviews(questionnaire: Questionnaire) -> st.SearchStrategy[dict[str, Any]]:
    """Valid answers to some of the questions, follow-ups or not."""
    return st.fixed_dictionaries(
        {}, optional={q.id: answers_to(q) for q in questionnaire.questions}
    )


# Whatever another system may send.
anything = st.dictionaries(
    st.one_of(st.text(max_size=9), st.sampled_from([q.id for q in NEEDLING.questions])),
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=9),
        st.lists(st.one_of(st.text(max_size=5), st.integers()), max_size=4),
        st.sampled_from(["yes", "no", UNSURE]),
    ),
)
