"""From likelihoods to a decision: answer, answer two things, ask which, or admit defeat.

Pure functions. A label is written as in the training data, for example "faq/cost".
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

OUT_OF_SCOPE = "out_of_scope"
# Said besides a question ("thanks, and how long is it?") or about an answer: no second topic.
COURTESIES = frozenset(
    {
        "greet", "goodbye", "thank", "affirm", "deny", "stop", "repeat",
        "feedback_positive", "feedback_negative", OUT_OF_SCOPE,
    }
)  # fmt: skip
# Their rules ask back or end a form, so nothing may cut in before they are through.
ANSWERED_LAST = frozenset({"start_screening", "find_provider", "human_handoff", "delete_data"})
ANSWERED_FIRST = frozenset({"ask_medical_advice"})
# What the whole message says about a label of one side: in choosing the pair, and in believing it.
WHOLE_LEADS = 0.3
WHOLE_COUNTS = 0.1


@dataclass(frozen=True)
class Thresholds:
    """Probabilities from 0 to 1.

    A label is answered from `sure` on. Below that, labels from `possible` on are offered, at most
    `most_offered`. A message is taken for two when the less likely of two labels is at least
    `sure_of_two` for its side, where its likelihood for the whole counts, too (`WHOLE_COUNTS`).
    """

    sure: float = 0.4
    possible: float = 0.05
    most_offered: int = 3
    sure_of_two: float = 0.33


@dataclass(frozen=True)
class Side:
    """One side of a message that was parted in two: its text and the likelihoods of its labels."""

    text: str
    log_probabilities: np.ndarray


@dataclass(frozen=True)
class Decision:
    """What to do about a message.

    Attributes:
        answer: the label to answer, or None if nothing is sure enough.
        second: the other label of a message that asks two things, with the words that ask it.
        offered: labels to offer when there is nothing to answer, likeliest first.
    """

    answer: str | None
    second: tuple[str, str] | None = None
    offered: tuple[str, ...] = ()


def decide(
    labels: Sequence[str],
    whole: np.ndarray,
    parted: Sequence[tuple[Side, Side]],
    thresholds: Thresholds,
) -> Decision:
    """Decide about a message.

    Args:
        labels: the names of the columns.
        whole: natural logarithms of the probabilities of the labels for the whole message.
        parted: the two sides of each way to part it.
        thresholds: see there.
    """
    both = _two_topics(labels, whole, parted, thresholds)
    if both:
        first, second = sorted(both, key=_order)
        return Decision(answer=first[0], second=second)
    order = np.argsort(-whole, kind="stable")
    best = labels[order[0]]
    offered = tuple(
        labels[i]
        for i in order
        if labels[i] not in COURTESIES and whole[i] >= np.log(thresholds.possible)
    )[: thresholds.most_offered]
    if best == OUT_OF_SCOPE:
        return Decision(answer=OUT_OF_SCOPE, offered=offered)
    if whole[order[0]] >= np.log(thresholds.sure):
        return Decision(answer=best)
    return Decision(answer=None, offered=offered)


def _two_topics(
    labels: Sequence[str],
    whole: np.ndarray,
    parted: Sequence[tuple[Side, Side]],
    thresholds: Thresholds,
) -> list[tuple[str, str]]:
    """Two labels with the words that ask for them, the likelier for the whole first; or nothing."""
    topics = [i for i, label in enumerate(labels) if label not in COURTESIES]
    within_whole = whole[topics]
    best: tuple[float, list[tuple[str, str]]] = (-np.inf, [])
    for sides in parted:
        left, right = (side.log_probabilities[topics] for side in sides)
        total = (left + WHOLE_LEADS * within_whole)[:, None] + right + WHOLE_LEADS * within_whole
        np.fill_diagonal(total, -np.inf)
        i, k = np.unravel_index(np.argmax(total), total.shape)
        weaker = min(left[i], right[k]) + WHOLE_COUNTS * min(within_whole[i], within_whole[k])
        # "I take propranolol. Does it matter?" is no request to decide anything.
        needless = any(
            labels[topics[n]] in ANSWERED_FIRST and within_whole[n] < np.log(thresholds.sure)
            for n in (i, k)
        )
        if needless:
            continue
        if weaker >= np.log(thresholds.sure_of_two) and total[i, k] > best[0]:
            pair = [(labels[topics[i]], sides[0].text), (labels[topics[k]], sides[1].text)]
            best = total[i, k], pair if within_whole[i] >= within_whole[k] else pair[::-1]
    return best[1]


def _order(topic: tuple[str, str]) -> int:
    """A refusal comes first, a task with more than one step last."""
    return (topic[0] in ANSWERED_LAST) - (topic[0] in ANSWERED_FIRST)
