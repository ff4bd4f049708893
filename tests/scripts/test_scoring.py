"""The figures count what they say they count."""

import pytest

from scripts.scoring import (
    Case,
    Verdict,
    calibration,
    counted,
    f1_by_topic,
    interval,
    is_right,
    rate,
    scope_curve,
    topic_of,
    verdict_on,
)


def verdict(
    expected: str,
    label: str,
    confidence: float = 0.9,
    acceptable: tuple[str, ...] = (),
    offered: tuple[str, ...] = (),
) -> Verdict:
    return Verdict(Case("...", expected, frozenset(acceptable)), label, confidence, offered)


def test_acceptable_labels_count_as_right() -> None:
    assert verdict("cost", "insurance", acceptable=("insurance",)).is_right
    assert not verdict("cost", "greet").is_right


def test_an_offer_is_no_answer_but_not_confidently_wrong() -> None:
    asked = verdict("cost", "out_of_scope", offered=("insurance", "cost"))
    assert not asked.is_right
    assert asked.is_right_or_offered
    assert not asked.is_confidently_wrong
    assert verdict("cost", "greet").is_confidently_wrong
    assert not verdict("cost", "out_of_scope").is_confidently_wrong


@pytest.mark.parametrize(
    ("parsed", "topic"),
    [
        ({"intent": {"name": "greet", "confidence": 1.0}}, "greet"),
        ({"intent": {"name": "nlu_fallback", "confidence": 0.6}}, "out_of_scope"),
        ({"intent": {"name": None, "confidence": 0.0}}, "out_of_scope"),
        (
            {
                "intent": {"name": "faq", "confidence": 1.0},
                "response_selector": {"faq": {"response": {"intent_response_key": "faq/cost"}}},
            },
            "cost",
        ),
    ],
)
def test_topics_of_parsed_messages(parsed: dict[str, object], topic: str) -> None:
    assert topic_of(parsed) == topic
    assert verdict_on(Case("...", topic), parsed).is_right


def test_offers_and_second_questions_are_read() -> None:
    intent = {"name": "nlu_fallback", "confidence": 0.5}
    parsed = {"intent": intent, "offered": ["faq/cost"], "second": {"intent": {"name": "stop"}}}
    read = verdict_on(Case("...", "stop"), parsed)
    assert (read.offered, read.second) == (("cost",), "stop")
    assert read.is_right_or_offered


def test_the_interval_is_wilsons() -> None:
    low, high = interval(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert interval(0, 0) == (0.0, 1.0)
    assert counted(7, 8) == "87.5 % (7 of 8; 52.9 to 97.8 %)"


def test_f1() -> None:
    verdicts = [verdict("cost", "cost"), verdict("cost", "greet"), verdict("greet", "greet")]
    assert f1_by_topic(verdicts) == pytest.approx({"cost": 2 / 3, "greet": 2 / 3})


def test_calibration_keeps_confidence_and_success_apart() -> None:
    sure = [verdict("cost", "cost", 1.0), verdict("cost", "greet", 0.98)]
    assert calibration([*sure, verdict("cost", "greet", 0.05)]) == [
        (0.05, 0.0, 1),
        (pytest.approx(0.99), 0.5, 2),
    ]


def test_being_careful_trades_answers_for_refusals() -> None:
    curve = scope_curve([verdict("cost", "cost", 0.6)], [verdict("out_of_scope", "cost", 0.3)])
    assert curve[0] == (1.0, 0.0)
    assert (1.0, 1.0) in curve
    assert curve[-1] == (0.0, 1.0)
    assert rate([], is_right) == 0.0
