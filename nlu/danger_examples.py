"""What the statistical detector learns from: data/danger_mentions.yml and data/nlu.yml."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import yaml

from nlu.danger_model import HARMLESS
from nlu.dangers import DANGERS

MENTIONS = Path(__file__).resolve().parent.parent / "data" / "danger_mentions.yml"
MOST_AROUND = 2
ORDINARY_MESSAGES = 2000

# Questions of the screening to which nobody answers with news of a danger.
CALM_QUESTIONS = frozenset(
    {"consent", "pregnancy", "implant", "injections", "preventive", "age",
     "headache_days", "migraine_days", "medicine_days", "medicine_which", "implant_which"}
)  # fmt: skip

Example = tuple[str, str]


def mentions() -> list[Example]:
    """The texts of data/danger_mentions.yml with what they are: a danger's intent,
    `DOCTOR_TODAY` or harmless."""
    written = yaml.safe_load(MENTIONS.read_text(encoding="utf-8"))
    return [(text, label) for label, texts in written.items() for text in texts]


def calm_answers(
    answers: Iterable[tuple[str, str, str]], tells_of_danger: Callable[[str], object]
) -> list[Example]:
    """The answers (question, text, meaning) of a screening that hold no danger, as harmless.

    "I'm past all that" is news of the change of life. What the rules see a sign in is left out.
    """
    return [
        (text, HARMLESS)
        for question, text, _ in answers
        if question in CALM_QUESTIONS and not tells_of_danger(text)
    ]


def of_training_phrases(phrases: Iterable[tuple[str, str]]) -> list[Example]:
    """Training phrases (text, intent): all that is not written for a danger is harmless."""
    return [(text, intent if intent in DANGERS else HARMLESS) for text, intent in phrases]


def buried(telling: Sequence[Example], ordinary: Sequence[str], seed: int = 0) -> list[Example]:
    """Longer messages: each telling text among ordinary questions, and ordinary ones together.

    People put the one sentence that counts in the middle of a letter about prices. Without these
    examples the model would find a danger only where it stands alone, or fear every long message.
    """
    rng = random.Random(seed)  # noqa: S311

    def among(texts: Sequence[str], around: int) -> str:
        parts = [*texts, *rng.sample(ordinary, around)]
        rng.shuffle(parts)
        return " ".join(_ended(part) for part in parts)

    # Every second one is enough, and training takes half the time.
    told = [(among([text], rng.randint(1, MOST_AROUND)), label) for text, label in telling[::2]]
    plain = [
        (among([], rng.randint(2, MOST_AROUND + 1)), HARMLESS) for _ in range(ORDINARY_MESSAGES)
    ]
    return [*told, *plain]


def _ended(text: str) -> str:
    return text if text[-1] in ".?!" else f"{text}."
