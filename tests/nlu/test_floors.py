"""The gate: what is understood of messages never trained on must not get worse."""

import pytest

from scripts.evaluate import VALIDATION, figures, judge, read_cases

# A little below what was last measured (docs/measurements.md): room for noise, not for a loss.
FLOORS = {
    "in_scope_right": 0.92,
    "in_scope_right_or_offered": 0.955,
    "out_of_scope_recognised": 0.93,
    "dangers_raised": 0.99,
}
CEILINGS = {"confidently_wrong": 0.045, "false_alarms": 0.05}


@pytest.mark.skipif(not VALIDATION.is_dir(), reason="the validation set is not here")
def test_nothing_got_worse() -> None:
    cases = [*read_cases("questions.tsv", "topic"), *read_cases("safety.tsv", "expected")]
    verdicts, _ = judge(cases)
    measured = figures(verdicts)
    assert {n: measured[n] for n, floor in FLOORS.items() if measured[n] < floor} == {}
    assert {n: measured[n] for n, most in CEILINGS.items() if measured[n] > most} == {}
