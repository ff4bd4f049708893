"""What is already known need not be asked again."""

from services.screening.populate import populate
from tests.services.screening.strategies import NEEDLING


def test_a_medicine_answers_its_question_and_which() -> None:
    answers = populate(NEEDLING, ["anticoagulant", "a class nobody asks about"], {"age": 40})
    assert answers == {"age": 40, "blood": "yes", "blood_which": ("anticoagulant",)}


def test_a_medicine_for_attacks_waits_for_the_number_of_days() -> None:
    assert populate(NEEDLING, ["triptan"], {}) == {}
    days = populate(NEEDLING, ["triptan"], {"medicine_days": 12})
    assert days["medicine_which"] == ("triptan",)


def test_what_was_said_counts_before_what_was_concluded() -> None:
    assert populate(NEEDLING, ["anticoagulant"], {"blood": "no"}) == {"blood": "no"}


def test_nothing_known_answers_nothing() -> None:
    assert populate(NEEDLING, [], {}) == {}
