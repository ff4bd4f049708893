"""Answer, answer two things, ask which, or admit defeat."""

import numpy as np
import pytest

from nlu.decision import Decision, Side, Thresholds, decide

LABELS = ["faq/cost", "faq/insurance", "find_provider", "ask_medical_advice", "greet"]
LABELS += ["crisis", "out_of_scope", "human_handoff"]


def likelihoods(**known: float) -> np.ndarray:
    """Logarithms; the labels that are not named share the rest."""
    given = {name.replace("_slash_", "/"): value for name, value in known.items()}
    rest = (1 - sum(given.values())) / (len(LABELS) - len(given))
    return np.log([given.get(label, rest) for label in LABELS])


def decided(whole: np.ndarray, *parted: tuple[Side, Side]) -> Decision:
    return decide(LABELS, whole, parted, Thresholds())


def test_a_sure_label_is_answered() -> None:
    assert decided(likelihoods(faq_slash_cost=0.9)) == Decision("faq/cost")


def test_close_labels_are_offered() -> None:
    close = likelihoods(faq_slash_cost=0.36, faq_slash_insurance=0.34, find_provider=0.2)
    assert decided(close) == Decision(None, None, ("faq/cost", "faq/insurance", "find_provider"))


def test_courtesies_are_never_offered() -> None:
    close = likelihoods(greet=0.35, thank=0.2, faq_slash_cost=0.3)
    assert decided(close).offered == ("faq/cost",)


def test_out_of_scope_comes_with_what_else_it_may_be() -> None:
    whole = likelihoods(out_of_scope=0.5, faq_slash_cost=0.4)
    assert decided(whole) == Decision("out_of_scope", None, ("faq/cost",))


def side(text: str, **known: float) -> Side:
    return Side(text, likelihoods(**known))


BOTH = likelihoods(faq_slash_cost=0.7, faq_slash_insurance=0.25)


def test_two_questions_are_both_answered_the_likelier_first() -> None:
    sides = side("is it covered", faq_slash_insurance=0.9), side("how much", faq_slash_cost=0.9)
    assert decided(BOTH, sides) == Decision("faq/cost", ("faq/insurance", "is it covered"))


def test_a_side_that_says_little_makes_no_second_question() -> None:
    sides = side("how much", faq_slash_cost=0.9), side("it is", faq_slash_insurance=0.25)
    assert decided(BOTH, sides).second is None


@pytest.mark.parametrize("other", ["greet", "out_of_scope"])
def test_courtesies_are_no_second_question(other: str) -> None:
    sides = side("hi", **{other: 0.95}), side("how much", faq_slash_cost=0.95)
    assert decided(BOTH, sides).second is None


def test_a_task_that_asks_back_comes_last_and_a_refusal_first() -> None:
    whole = likelihoods(find_provider=0.7, faq_slash_cost=0.25)
    sides = side("find me one", find_provider=0.9), side("the price", faq_slash_cost=0.9)
    assert decided(whole, sides) == Decision("faq/cost", ("find_provider", "find me one"))
    whole = likelihoods(human_handoff=0.7, faq_slash_cost=0.25)
    sides = side("a nurse", human_handoff=0.9), side("the price", faq_slash_cost=0.9)
    assert decided(whole, sides) == Decision("faq/cost", ("human_handoff", "a nurse"))
    whole = likelihoods(ask_medical_advice=0.45, faq_slash_cost=0.5)
    sides = side("50 or 100", ask_medical_advice=0.9), side("the price", faq_slash_cost=0.9)
    assert decided(whole, sides) == Decision("ask_medical_advice", ("faq/cost", "the price"))
    whole = likelihoods(ask_medical_advice=0.05, faq_slash_cost=0.9)
    assert decided(whole, sides).answer == "faq/cost", "hardly a decision to refuse"
