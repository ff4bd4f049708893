"""Where a message may be two messages in one: at the end of a sentence, or at a connecting word.

Candidates only; whether the two sides really ask for two things is for `nlu.decision`.
"""

import re

SENTENCE_END = re.compile(r"(?<=[.?!;])\s+|\s+[-–—]+\s+")
CONNECTION = re.compile(
    r",?\s+(?:and|also|plus|but|btw|by the way|then|as well as|or)\s+(?:also\s+|then\s+)?"
    r"|\s*[,&+/]\s*",
    re.IGNORECASE,
)
EDGES = " ,;-–—"
SHORTEST_SIDE = 3
MOST_SPLITS = 8


def splits(text: str) -> list[tuple[str, str]]:
    """Return ways to part a text in two, ends of sentences first: (left, right)."""
    found = []
    for boundary in (SENTENCE_END, CONNECTION):
        for match in boundary.finditer(text):
            left, right = text[: match.start()].strip(EDGES), text[match.end() :].strip(EDGES)
            if min(len(left), len(right)) >= SHORTEST_SIDE:
                found.append((left, right))
    return found[:MOST_SPLITS]
