"""What the cross-validation says of its verdicts."""

from scripts.cross_validate import examples, report
from scripts.scoring import Case, Verdict


def test_the_worst_labels_are_named() -> None:
    right = [Verdict(Case("a", "greet"), "greet", 1.0)] * 3
    wrong = [Verdict(Case("b", "stop"), "greet", 0.95)]
    lines = report(right + wrong).splitlines()
    assert lines[0].startswith("right: 75.0 % (3 of 4;")
    assert lines[1] == "expected calibration error: 0.238"
    assert lines[2:] == ["stop: 0.0 % (0 of 1; 0.0 to 79.3 %)"]


def test_every_phrase_takes_part() -> None:
    texts, labels = examples()
    assert len(texts) == len(labels) > 10_000
    assert "faq/cost" in labels
