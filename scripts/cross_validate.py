"""Five-fold cross-validation of the topic model on the training phrases. Takes some minutes.

Needs nothing but the repository, so it can run where the validation set is not at hand. Harder than
everyday messages: many phrases were written to lie close to another topic.
"""

import sys
from collections import Counter

import numpy as np
import yaml
from sklearn.model_selection import StratifiedKFold

from nlu.normalization import project_normalizer
from nlu.sentence_encoder import SentenceEncoder
from nlu.topic_model import TopicModel, TopicModelOptions
from scripts.scoring import Case, Verdict, calibration, is_right, of, share
from scripts.settings import ENCODER, PROJECT

FOLDS = 5
WORST = 10


def main() -> int:
    texts, labels = examples()
    embeddings, truth = SentenceEncoder(ENCODER).encode(texts), np.array(labels)
    verdicts: list[Verdict] = []
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    for number, (seen, unseen) in enumerate(folds.split(embeddings, truth), start=1):
        print(f"Fold {number} of {FOLDS} ...", file=sys.stderr, flush=True)
        model = TopicModel.train(
            [texts[i] for i in seen], embeddings[seen], truth[seen].tolist(), TopicModelOptions()
        )
        held_out = [texts[i] for i in unseen]
        likelihoods = model.log_probabilities(held_out, embeddings[unseen])
        for row, text, label in zip(likelihoods, held_out, truth[unseen], strict=True):
            best = int(np.argmax(row))
            sureness = float(np.exp(row[best]))
            verdicts.append(Verdict(Case(text, str(label)), model.labels[best], sureness))
    print(report(verdicts))
    return 0


def examples() -> tuple[list[str], list[str]]:
    """All training phrases, normalised, and their labels."""
    normalize = project_normalizer()
    texts, labels = [], []
    for item in yaml.safe_load((PROJECT / "data" / "nlu.yml").read_text())["nlu"]:
        for line in item["examples"].strip().split("\n"):
            texts.append(normalize(line.removeprefix("- ")))
            labels.append(item["intent"])
    return texts, labels


def report(verdicts: list[Verdict]) -> str:
    """The share that is right, how well sureness fits it, and the labels that fare worst."""
    gap = sum(abs(sure - right) * n for sure, right, n in calibration(verdicts)) / len(verdicts)
    wrong = Counter(v.case.expected for v in verdicts if not v.is_right)
    worst = sorted(wrong, key=lambda label: -wrong[label] / len(of(verdicts, label)))[:WORST]
    lines = [f"right: {share(verdicts, is_right)}", f"expected calibration error: {gap:.3f}"]
    return "\n".join(
        [*lines, *(f"{label}: {share(of(verdicts, label), is_right)}" for label in worst)]
    )


if __name__ == "__main__":
    sys.exit(main())
