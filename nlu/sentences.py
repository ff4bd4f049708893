"""A text in sentences, and in what is said by the way."""

import re

END = re.compile(
    r"(?<=[.?!;…])\s+|\n+|\s+[-–—]+\s+"
    r"|,?\s+(?=(?:and |but |oh |oh and )?(?:also|btw|by the way|plus)\b)",
    re.IGNORECASE,
)
SHORTEST = 3
MOST = 12


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, at most 12: what comes after them goes into the last."""
    parts = [part.strip(" ,") for part in END.split(text, maxsplit=MOST - 1)]
    return [part for part in parts if len(part) >= SHORTEST]
