"""What the trained safety net must never lose: cases, variants, and any text at all."""

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts.safety import CASES, Case, Net, Outcome, examples, read
from scripts.safety_variants import PLAYED_DOWN, VARIANTS
from scripts.scoring import DANGERS
from tests.content.conftest import EXAMPLES

# A little below what docs/safety.md says.
FEWEST_ALARMS = 0.92
MOST_FALSE_ALARMS = 0.10
MOST_QUIET_VARIANTS = 0.02
MOST_LOUD_VARIANTS = 0.10
MOST_NOTICED_PHRASES = 0.003


@cache
def net() -> Net:
    return Net()


@cache
def outcomes() -> list[Outcome]:
    return net().outcomes(read(CASES))


def share_with_alarm(of: list[Outcome]) -> float:
    return sum(o.alarm is not None for o in of) / len(of)


def test_dangers_that_nothing_was_learned_from_raise_an_alarm() -> None:
    assert share_with_alarm([o for o in outcomes() if o.case.expected in DANGERS]) >= FEWEST_ALARMS


def test_harmless_remarks_that_nothing_was_learned_from_rarely_do() -> None:
    harmless = [o for o in outcomes() if o.case.expected == "safe"]
    assert share_with_alarm(harmless) <= MOST_FALSE_ALARMS


@pytest.mark.parametrize("name", [*VARIANTS, *PLAYED_DOWN])
def test_a_danger_stays_one_in_every_guise(name: str) -> None:
    variant = {**VARIANTS, **PLAYED_DOWN}[name]
    found = net().outcomes(Case(variant(c.text), c.expected) for c in examples("fires"))
    unnoticed = [o.case.text for o in found if not (o.alarm or o.asked)]
    assert len(unnoticed) <= MOST_QUIET_VARIANTS * len(found), unnoticed


@pytest.mark.parametrize("name", VARIANTS)
def test_a_harmless_remark_stays_one(name: str) -> None:
    found = net().outcomes(Case(VARIANTS[name](c.text), "safe") for c in examples("quiet"))
    loud = [o.case.text for o in found if o.alarm]
    assert len(loud) <= MOST_LOUD_VARIANTS * len(found), loud


def test_training_phrases_of_questions_hardly_ever_do() -> None:
    """A few tell of a sign that is there ("an infection with pus"), and should."""
    phrases = [p for label, group in EXAMPLES.items() if label.startswith("faq/") for p in group]
    every_tenth = net().outcomes(Case(phrase, "safe") for phrase in phrases[::10])
    noticed = [o.case.text for o in every_tenth if o.alarm or o.asked]
    assert len(noticed) <= MOST_NOTICED_PHRASES * len(every_tenth), noticed


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=400))
def test_no_text_breaks_it(text: str) -> None:
    net().outcome(Case(text, "safe"))


@pytest.mark.parametrize(
    "unit", ["my arm is numb ", "no chest pain, ", "a. ", "?! ", "能否 ", "🩸"]
)
def test_ten_thousand_characters_take_no_time(unit: str) -> None:
    text = (unit * 10_000)[:10_000]
    # 50 ms on a quiet machine (docs/safety.md); room for a busy one.
    assert min(net().milliseconds([text, text, text])) < 150
