"""Steps run when their inputs changed, and warnings do not go unseen."""

from pathlib import Path

import pytest

from scripts import prepare
from scripts.prepare import WARNING, StepFailed, fingerprint


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(prepare, "PROJECT", tmp_path)
    monkeypatch.setattr(prepare, "STATE", tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "nlu.yml").write_text("one")
    return tmp_path


def test_the_fingerprint_follows_names_and_contents(project: Path) -> None:
    first = fingerprint(["data/*.yml"])
    assert fingerprint(["data/*.yml"]) == first
    (project / "data" / "nlu.yml").write_text("two")
    second = fingerprint(["data/*.yml"])
    (project / "data" / "nlu.yml").rename(project / "data" / "rules.yml")
    assert len({first, second, fingerprint(["data/*.yml"])}) == 3


def test_a_step_runs_once_and_again_when_its_input_changed(project: Path) -> None:
    result, runs = project / "model.tar.gz", []

    def build() -> None:
        runs.append(1)
        result.touch()

    for _ in range(2):
        prepare._when_changed("Training", result, ["data/*.yml"], build)
    assert len(runs) == 1
    (project / "data" / "nlu.yml").write_text("two")
    prepare._when_changed("Training", result, ["data/*.yml"], build)
    assert len(runs) == 2


def test_a_step_that_failed_runs_again(project: Path) -> None:
    result, runs = project / "model.tar.gz", []

    def build() -> None:
        runs.append(1)
        result.touch()
        raise StepFailed("no")

    for _ in range(2):
        with pytest.raises(StepFailed):
            prepare._when_changed("Training", result, ["data/*.yml"], build)
    assert len(runs) == 2


@pytest.mark.parametrize(
    "line",
    [
        "\x1b[93m/x/io.py:100: UserWarning: Issue found in 'data/rules.yml':",
        "2026-11-22 16:22:00 WARNING  rasa.shared  - something",
        "/x.py:1: FutureWarning: soon",
    ],
)
def test_a_warning_of_a_training_is_seen(line: str) -> None:
    assert WARNING.search(f"INFO fine\n{line}\nINFO fine")


def test_deprecations_of_other_people_are_not_ours_to_mend() -> None:
    assert not WARNING.search("/x.py:66: PyparsingDeprecationWarning: use another name")
