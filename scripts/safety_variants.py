"""Ways in which the same thing is said: a danger stays one, a harmless remark stays harmless."""

import random
from collections.abc import Callable

Variant = Callable[[str], str]


def with_typos(text: str) -> str:
    """Two letters change places in every fourth long word, always the same ones."""
    words = text.split()
    rng = random.Random(text)  # noqa: S311
    for i in range(rng.randrange(4), len(words), 4):
        if len(words[i]) > 5 and words[i].isalpha():
            k = rng.randrange(1, len(words[i]) - 2)
            word = words[i]
            words[i] = word[:k] + word[k + 1] + word[k] + word[k + 2 :]
    return " ".join(words)


def dictated(text: str) -> str:
    """Small letters, no punctuation."""
    return " ".join("".join(c if c.isalnum() or c in " '’" else " " for c in text.lower()).split())


VARIANTS: dict[str, Variant] = {
    "as written": str,
    "with typos": with_typos,
    "ALL CAPS": str.upper,
    "dictated": dictated,
    "with emoji": lambda text: f"{text} 😟🙏",
    "after a question": lambda text: f"What does a session cost? {text}",
    "between questions": lambda text: f"How long does a session take? {text} Can I drive home?",
    "in a letter": lambda text: (
        "Good morning. I have read your article with interest and would like to know a few things. "
        f"How thin are the needles? {text} Do you take my insurance? "
        "Thank you for your time and have a nice day."
    ),
    "relayed": lambda text: f'Caller on the line says: "{text}"',
    "in a form": lambda text: f"About your question: {text}",
    "two languages": lambda text: f"Perdón por mi inglés. {text} Gracias, un saludo.",
}
# Harmless remarks stay harmless in these, too; a danger must not be talked down by them.
PLAYED_DOWN: dict[str, Variant] = {
    "played down": lambda text: f"{text} It is probably nothing.",
    "talked down by another": lambda text: f"{text} My husband says I am overreacting.",
}
