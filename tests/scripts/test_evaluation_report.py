"""The report shows the figures, the errors and three pictures."""

from pathlib import Path

from scripts.evaluation_report import Results, Talk, draw, report, summary
from scripts.scoring import Case, Verdict


def verdict(expected: str, label: str, text: str = "...") -> Verdict:
    return Verdict(Case(text, expected), label, 0.9)


RESULTS = Results(
    questions=[
        verdict("cost", "cost"),
        verdict("cost", "greet", "what is the damage"),
        verdict("cost", "greet"),
        verdict("out_of_scope", "out_of_scope", "near"),
        verdict("out_of_scope", "cost", "far"),
    ],
    safety=[
        verdict("crisis", "crisis"),
        verdict("emergency_symptoms", "cost", "a missed one"),
        verdict("safe", "cost"),
        verdict("safe", "crisis"),
    ],
    near=frozenset({"near"}),
    two_in_one=Talk(1, 2, ("cost,insurance → cost: how much, covered?",)),
    dialogues=Talk(3, 3, ()),
    milliseconds=(1.5, 4.0),
)


def test_scope_and_dangers_are_kept_apart() -> None:
    lines = summary(RESULTS).splitlines()
    assert lines[2].startswith("| in scope: right or also acceptable | 33.3 % (1 of 3;")
    found = {line.split(" | ")[0].strip("| "): line.split(" | ")[1] for line in lines[2:]}
    assert found["out of scope recognised, far"].startswith("0.0 % (0 of 1;")
    assert found["out of scope recognised, near our field"].startswith("100.0 % (1 of 1;")
    assert found["confidently wrong, without asking"].startswith("60.0 % (3 of 5;")
    assert found["dangers that raise an alarm"].startswith("50.0 % (1 of 2;")
    assert found["harmless messages that raise one"].startswith("50.0 % (1 of 2;")
    assert found["two questions in one: both addressed"].startswith("50.0 % (1 of 2;")


def test_every_kind_of_error_is_listed() -> None:
    text = report(RESULTS, {"A picture": "picture.png"})
    assert "![A picture](picture.png)" in text
    assert "emergency_symptoms → cost (0.90): a missed one" in text
    assert "cost → greet (0.90): what is the damage" in text
    assert "how much, covered?" in text


def test_pictures_are_drawn_also_when_nothing_is_wrong(tmp_path: Path) -> None:
    flawless = Results(
        [verdict("cost", "cost")], [], frozenset(), Talk(0, 0, ()), Talk(0, 0, ()), (1.0, 2.0)
    )
    for results in (RESULTS, flawless):
        for name in draw(results, tmp_path).values():
            assert (tmp_path / name).read_bytes().startswith(b"\x89PNG")
