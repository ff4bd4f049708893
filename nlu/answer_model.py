"""What does a text mean while a question is pending? Learned from examples. No Rasa in here.

"They fitted one in 2011" holds no yes, and "who would push me" no no.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse
from scipy.special import expit, softmax

from nlu.nearest import NearestExamples
from nlu.text_model import TextModel, TextModelOptions

OPTIONS = TextModelOptions(letters=(2, 4), words=(1, 2), least=(2, 1), inverse_regularization=16.0)
# What the similarity to the nearest example of a kind, for the same question, adds to its logit.
NEAREST_WEIGHT = 8.0
NAME, QUESTIONS_FILE = "answers", "questions.json"
# What was named, beside what the text is: "yes:anticoagulant" is a yes that names a class.
NAMES = ":"
NAMED = "named "


@dataclass(frozen=True)
class Meaning:
    """What a text may be, and what it may name.

    Attributes:
        kinds: yes, no, unsure, number, list, correct, back, why ... to probability, together 1.
        named: codes of choices to probability, each for itself.
    """

    kinds: dict[str, float]
    named: dict[str, float]


class AnswerModel:
    """Looks at the letters, the words and the embedding; at the embedding once more for each
    question alone: "nobody made me" is a yes to one and a no to another. What is like an example
    of the same question is likely of its kind."""

    def __init__(
        self,
        model: TextModel,
        questions: Sequence[str],
        nearest: NearestExamples,
        exemplified: Sequence[tuple[str, str]],
    ) -> None:
        """`exemplified`: question and kind of each column of `nearest`."""
        self._model = model
        self._questions = {question: place for place, question in enumerate(questions)}
        self._nearest = nearest
        self._exemplified = [*map(tuple, exemplified)]

    @classmethod
    def train(
        cls,
        questions: Sequence[str],
        texts: Sequence[str],
        embeddings: np.ndarray,
        meanings: Sequence[str],
    ) -> AnswerModel:
        """Fit the model: a question, an embedding (row) and a meaning a text."""
        known = sorted(set(questions))
        size = embeddings.shape[1] + 1
        own = scipy.sparse.lil_matrix((len(texts), len(known) * size), dtype=np.float32)
        for row, question in enumerate(questions):
            begin = known.index(question) * size
            own[row, begin : begin + size] = np.append(embeddings[row], 1.0)
        dense = scipy.sparse.hstack([embeddings, own], format="csr")
        model = TextModel.train(texts, dense, [*map(_labels, meanings)], OPTIONS)
        kinds = [meaning.partition(NAMES)[0] for meaning in meanings]
        pairs = [*zip(questions, kinds, strict=True)]
        exemplified = sorted(set(pairs))
        columns = np.array([exemplified.index(pair) for pair in pairs])
        return cls(model, known, NearestExamples.of(embeddings, columns), exemplified)

    def meaning(self, question: str, text: str, embedding: np.ndarray) -> Meaning | None:
        """What `text` may mean, or None for a question never trained on."""
        place = self._questions.get(question)
        if place is None:
            return None
        size = len(embedding)
        own = size + place * (size + 1)
        dense = {0: embedding, own: np.append(embedding, 1.0)}
        logits = dict(zip(self._model.labels, self._model.scores(text, dense), strict=True))
        nearest = self._nearest.similarities(embedding[None])[0]
        similar = dict(zip(self._exemplified, nearest, strict=True))
        kinds = [label for label in logits if not label.startswith(NAMED)]
        scores = [
            logits[kind] + NEAREST_WEIGHT * similar.get((question, kind), 0.0) for kind in kinds
        ]
        named = {
            label.removeprefix(NAMED): float(expit(logit))
            for label, logit in logits.items()
            if label.startswith(NAMED)
        }
        return Meaning(dict(zip(kinds, map(float, softmax(scores)), strict=True)), named)

    def save(self, folder: Path) -> None:
        """Write the model to files in `folder`, without pickle."""
        self._model.save(folder, NAME)
        self._nearest.save(folder)
        description = {"questions": list(self._questions), "exemplified": self._exemplified}
        (folder / QUESTIONS_FILE).write_text(json.dumps(description))

    @classmethod
    def load(cls, folder: Path) -> AnswerModel:
        """Read what `save` wrote."""
        description = json.loads((folder / QUESTIONS_FILE).read_text())
        nearest = NearestExamples.load(folder)
        return cls(TextModel.load(folder, NAME), **description, nearest=nearest)


def _labels(meaning: str) -> frozenset[str]:
    """ "yes:antiplatelet+supplement" is a yes, and names two things."""
    kind, _, named = meaning.partition(NAMES)
    return frozenset([kind, *(NAMED + code for code in named.split("+") if code)])
