"""An answer has one valid form; everything else is no answer."""

from typing import Any

import pytest

from services.screening.answers import applicable, holds, valid_answer
from services.screening.model import Condition
from tests.services.screening.strategies import NEEDLING


@pytest.mark.parametrize(
    ("question", "given", "valid"),
    [
        ("age", 40, 40),
        ("age", "unsure", "unsure"),
        ("age", 121, None),
        ("age", -1, None),
        ("age", True, None),
        ("age", 40.0, None),
        ("age", "40", None),
        ("blood", "yes", "yes"),
        ("blood", "perhaps", None),
        ("blood", ["yes"], None),
        ("blood", None, None),
        ("blood_which", ["easy_bruising", "anticoagulant"], ("anticoagulant", "easy_bruising")),
        ("blood_which", ["anticoagulant", "anticoagulant"], None),
        ("blood_which", ["unsure"], "unsure"),
        ("blood_which", ["anticoagulant", "unsure"], None),
        ("blood_which", [], None),
        ("blood_which", "anticoagulant", None),
        ("blood_which", [1], None),
    ],
)
def test_what_is_an_answer(question: str, given: Any, valid: Any) -> None:
    assert valid_answer(NEEDLING.by_id[question], given) == valid


def test_answers_to_a_follow_up_count_only_while_it_is_asked() -> None:
    which = ["anticoagulant"]
    assert "blood_which" in applicable(NEEDLING, {"blood": "yes", "blood_which": which})
    assert "blood_which" not in applicable(NEEDLING, {"blood": "no", "blood_which": which})
    assert "blood_which" not in applicable(NEEDLING, {"blood_which": which})


def test_a_number_is_within_the_range_or_among_the_codes() -> None:
    condition = Condition(question="age", at_least=12, at_most=55, any_of=("unsure",))
    assert [holds(condition, {"age": age}) for age in (11, 12, 55, 56)] == [
        False,
        True,
        True,
        False,
    ]
    assert holds(condition, {"age": "unsure"})
    assert not holds(condition, {})
