"""Two detectors, one verdict."""

import pytest

from nlu.signs import Sign
from nlu.verdict import DangerThresholds, Verdict, judge

WEAK_ARM = Sign("limb_weakness", "emergency", False, frozenset())
NO_WEAK_ARM = Sign("limb_weakness", "emergency", False, frozenset({"negated"}))
PUS = Sign("infection", "today", True, frozenset())
DAILY_PILLS = Sign("overuse", "soon", False, frozenset())
WANTS_TO_DIE = Sign("suicidal", "crisis", False, frozenset())


def seen(
    *signs: Sign,
    emergency: float = 0.0,
    after_needling: float = 0.0,
    crisis: float = 0.0,
    today: float = 0.0,
    part: float | None = None,
    about_needling: bool = False,
    topic: float = 0.0,
) -> Verdict:
    def likelihoods(emergency: float) -> dict[str, float]:
        dangers = {
            "emergency_symptoms": emergency,
            "post_needling_emergency": after_needling,
            "crisis": crisis,
            "see_doctor_today": today,
        }
        return {**dangers, "harmless": 1 - sum(dangers.values())}

    return judge(
        signs,
        likelihoods(emergency),
        None if part is None else likelihoods(part),
        about_needling,
        topic,
        DangerThresholds(),
    )


def test_either_detector_raises_an_alarm() -> None:
    assert seen(WEAK_ARM, emergency=0.1).danger == "emergency_symptoms"
    assert seen(emergency=0.6).danger == "emergency_symptoms"
    assert seen().danger is None


def test_they_ask_when_they_disagree() -> None:
    unlikely = seen(WEAK_ARM, emergency=0.01)
    assert unlikely == Verdict("emergency_symptoms", ask=True, signs=("limb_weakness",))
    assert seen(emergency=0.4) == Verdict("emergency_symptoms", ask=True)
    assert seen(crisis=0.3) == Verdict("crisis", ask=True)


def test_what_can_wait_until_the_doctor_opens_is_no_emergency() -> None:
    assert seen(today=0.8) == Verdict("emergency_symptoms", "today")
    assert seen(today=0.8, about_needling=True).urgency == "today"
    assert seen(today=0.4, emergency=0.5).urgency == "emergency"
    assert seen(WEAK_ARM, today=0.8).urgency == "emergency"


def test_a_crisis_takes_less() -> None:
    assert seen(crisis=0.4) == Verdict("crisis", "crisis")
    assert seen(crisis=0.4, topic=0.95) == Verdict()


def test_nothing_is_asked_about_a_sign_that_was_denied() -> None:
    assert seen(NO_WEAK_ARM, emergency=0.4) == Verdict()
    assert seen(NO_WEAK_ARM, emergency=0.6).danger == "emergency_symptoms"


def test_a_part_of_the_message_is_enough() -> None:
    assert seen(emergency=0.01, part=0.9).danger == "emergency_symptoms"
    assert seen(emergency=0.01, part=0.7).ask


def test_a_plain_question_takes_more() -> None:
    assert seen(emergency=0.6, topic=0.99) == Verdict()
    assert seen(emergency=0.8, topic=0.99).danger == "emergency_symptoms"
    assert seen(WEAK_ARM, emergency=0.1, topic=0.99).danger == "emergency_symptoms"


@pytest.mark.parametrize(
    ("verdict", "urgency"),
    [
        (seen(emergency=0.9), "emergency"),
        (seen(PUS, after_needling=0.9, about_needling=True), "today"),
        (seen(PUS, WEAK_ARM, after_needling=0.9, about_needling=True), "emergency"),
        (seen(crisis=0.9), "crisis"),
        (seen(DAILY_PILLS), "soon"),
        (seen(), None),
    ],
)
def test_how_urgent_it_is(verdict: Verdict, urgency: str | None) -> None:
    assert verdict.urgency == urgency


def test_soon_is_no_alarm() -> None:
    assert seen(DAILY_PILLS).danger is None


def test_a_crisis_outranks_the_rest() -> None:
    assert seen(WANTS_TO_DIE, WEAK_ARM, emergency=0.9).danger == "crisis"


def test_only_who_speaks_of_needling_is_told_to_mention_the_needles() -> None:
    assert seen(after_needling=0.9, about_needling=True).danger == "post_needling_emergency"
    assert seen(after_needling=0.9).danger == "emergency_symptoms"
