"""What a short message means after what was last talked about.

"And how long?" asks for minutes after the price of a session, and for weeks after the effect. The
model mixes two readings. One is the message by itself. The other adds the similarity to follow-ups
that were written for the last topic (data/follow_ups.yml) and that people often stay with a topic.
How much either counts depends on how much the message looks like a follow-up at all. No Rasa here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_expit, log_softmax
from sklearn.linear_model import LogisticRegression

FEW_WORDS = 3
# Written under this name: what names its topic itself ("and for children?") and means the same
# whatever was talked about before.
AFTER_ANYTHING = "anything"
ANYTHING = -1

# The follow-ups after one topic: their rows, what they mean, and where each meaning begins.
Group = tuple[slice, np.ndarray, np.ndarray]


class FollowUpModel:
    """Rescores the likelihoods of a message in the light of the last topic.

    Args:
        labels: the names of the columns of all likelihoods.
        embeddings: one row a written follow-up, sorted by `after`, then by `meaning`.
        after: for each follow-up, the index of the label that was talked about before, or -1 for
            `AFTER_ANYTHING`.
        meaning: for each follow-up, the index of the label that it means.
        weights: of the likelihood by itself, of the nearest follow-up, and of staying.
        gate: coefficients, the intercept last, of how much a message looks like a follow-up.
    """

    def __init__(
        self,
        labels: Sequence[str],
        embeddings: np.ndarray,
        after: np.ndarray,
        meaning: np.ndarray,
        weights: np.ndarray,
        gate: np.ndarray,
    ) -> None:
        self._labels = list(labels)
        self._embeddings = embeddings
        self._after = after
        self._meaning = meaning
        self._weights = weights
        self._gate = gate
        self._topics = {self._labels[i]: int(i) for i in np.unique(after) if i != ANYTHING}
        self._groups = {int(topic): _group(after, meaning, topic) for topic in np.unique(after)}

    @classmethod
    def train(
        cls,
        labels: Sequence[str],
        follow_ups: Sequence[tuple[str, str, str]],
        embeddings: np.ndarray,
        log_probabilities: np.ndarray,
        other_texts: Sequence[str],
        other_embeddings: np.ndarray,
    ) -> FollowUpModel:
        """Fit weights and gate.

        Args:
            labels: the names of the columns.
            follow_ups: (last topic, text, meaning), one a row of the next two.
            embeddings: of the texts.
            log_probabilities: of the texts by themselves.
            other_texts: messages that are complete by themselves, with
            other_embeddings: their embeddings.
        """
        index = {label: i for i, label in enumerate(labels)} | {AFTER_ANYTHING: ANYTHING}
        order = sorted(
            range(len(follow_ups)), key=lambda i: (index[follow_ups[i][0]], index[follow_ups[i][2]])
        )
        embeddings, log_probabilities = embeddings[order], log_probabilities[order]
        after = np.array([index[follow_ups[i][0]] for i in order])
        meaning = np.array([index[follow_ups[i][2]] for i in order])
        texts = [follow_ups[i][1] for i in order]
        gate = _fit_gate(
            np.vstack(
                [_gate_features(texts, embeddings), _gate_features(other_texts, other_embeddings)]
            ),
            np.repeat([1, 0], [len(texts), len(other_texts)]),
        )
        model = cls(labels, embeddings, after, meaning, np.ones(3), gate)
        model._weights = _fit_weights(model._evidence_without_itself(log_probabilities), meaning)
        return model

    def rescore(
        self, text: str, embedding: np.ndarray, log_probabilities: np.ndarray, last_topic: str
    ) -> np.ndarray:
        """Return the log-likelihoods of one message after an answer about `last_topic`."""
        topic = self._topics.get(last_topic)
        if topic is None:
            return log_probabilities

        def cosines(group: slice) -> np.ndarray:
            return np.asarray(self._embeddings[group] @ embedding)

        in_context = log_softmax(self._evidence(log_probabilities, cosines, topic) @ self._weights)
        gate = _gate_features([text], embedding[None, :])[0] @ self._gate
        return np.asarray(
            np.logaddexp(log_expit(gate) + in_context, log_expit(-gate) + log_probabilities)
        )

    def save(self, folder: Path) -> None:
        """Write the model to files in `folder`, without pickle."""
        np.savez(
            folder / "follow_ups.npz",
            embeddings=self._embeddings.astype(np.float16),
            after=self._after,
            meaning=self._meaning,
            weights=self._weights,
            gate=self._gate,
        )
        (folder / "follow_ups.json").write_text(json.dumps(self._labels))

    @classmethod
    def load(cls, folder: Path) -> FollowUpModel:
        """Read what `save` wrote."""
        arrays = dict(np.load(folder / "follow_ups.npz"))
        arrays["embeddings"] = arrays["embeddings"].astype(np.float32)
        return cls(json.loads((folder / "follow_ups.json").read_text()), **arrays)

    def _evidence(
        self, log_probabilities: np.ndarray, cosines: Callable[[slice], np.ndarray], topic: int
    ) -> np.ndarray:
        """labels x 3: likelihood by itself, nearest follow-up of the topic, is it the topic."""
        nearest = np.zeros(len(self._labels))
        for last in {topic, ANYTHING} & self._groups.keys():
            group, meanings, first = self._groups[last]
            closest = np.maximum.reduceat(cosines(group), first)
            nearest[meanings] = np.maximum(nearest[meanings], closest)
        stays = np.zeros(len(self._labels))
        if topic != ANYTHING:
            stays[topic] = 1.0
        return np.stack([log_probabilities, nearest, stays], axis=1)

    def _evidence_without_itself(self, log_probabilities: np.ndarray) -> np.ndarray:
        cosines = self._embeddings @ self._embeddings.T
        np.fill_diagonal(cosines, 0.0)
        rows = zip(log_probabilities, cosines, self._after, strict=True)
        return np.stack(
            [self._evidence(own, near.__getitem__, int(topic)) for own, near, topic in rows]
        )


def _group(after: np.ndarray, meaning: np.ndarray, topic: int) -> Group:
    start, end = np.searchsorted(after, topic, "left"), np.searchsorted(after, topic, "right")
    meanings, first = np.unique(meaning[start:end], return_index=True)
    return slice(int(start), int(end)), meanings, first


def _gate_features(texts: Sequence[str], embeddings: np.ndarray) -> np.ndarray:
    counts = np.array([len(text.split()) for text in texts])
    return np.column_stack(
        [embeddings, np.log1p(counts), counts <= FEW_WORDS, np.ones(len(counts))]
    )


def _fit_gate(features: np.ndarray, is_follow_up: np.ndarray) -> np.ndarray:
    machine = LogisticRegression(max_iter=2000, class_weight="balanced", fit_intercept=False)
    return np.asarray(machine.fit(features, is_follow_up).coef_[0])


def _fit_weights(evidence: np.ndarray, truth: np.ndarray) -> np.ndarray:
    def surprise(weights: np.ndarray) -> float:
        likelihood = log_softmax(evidence @ weights, axis=1)
        return float(-likelihood[np.arange(len(truth)), truth].mean())

    return np.asarray(minimize(surprise, np.array([0.5, 5.0, 1.0]), method="BFGS").x)
