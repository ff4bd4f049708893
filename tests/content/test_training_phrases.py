"""The training phrases: enough, varied, and nothing of what they are measured with."""

import csv
import json
import os
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from tests.content.conftest import DATA, EXAMPLES, TOPICS, label, read

LEAST = {"faq": 80, "flow": 80, "safety": 120, "talk": 60}
LEAST_OUT_OF_SCOPE = 600
# Two phrases of four words or more are near-duplicates from this similarity on (cosine of their
# character 3- and 4-grams); of shorter ones only equal ones are.
ALIKE = 0.85
NEAR_VALIDATION = 0.8
SHORT = 4

VALIDATION = Path(os.environ.get("VALIDATION", DATA.parents[1] / "shared" / "validation"))

SAFETY_CASES = DATA.parent / "tests" / "safety" / "cases.tsv"
MENTIONS = [text for texts in read("danger_mentions.yml").values() for text in texts]

ANSWERS = [
    text
    for meanings in read("screening_answers.yml").values()
    for texts in meanings.values()
    for text in texts
]
FREE_ANSWERS = sorted((DATA.parent / "tests" / "nlu").glob("free_answers*.tsv"))

# Examples of rules count as training: a rule written after a line is as good as the line.
RULE_EXAMPLES = [
    text
    for rule in read("red_flags.yml")["signs"].values()
    for text in [*rule["fires"], *rule["quiet"]]
]

PHRASES = [(name, phrase) for name, phrases in EXAMPLES.items() for phrase in phrases]


def normalized(text: str) -> str:
    return " ".join(re.sub(r"[^\w ]", "", text.lower()).split()) or text.strip()


def vectorizer() -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True)


def column_of_texts(table: Path) -> list[str]:
    with table.open(newline="", encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row["text"] for row in rows]


def validation_texts() -> list[str]:
    texts = []
    for name in ("questions", "safety", "two_in_one"):
        texts += column_of_texts(VALIDATION / f"{name}.tsv")
    for line in (VALIDATION / "dialogues.jsonl").read_text(encoding="utf-8").splitlines():
        texts += [turn["user"] for turn in json.loads(line)["turns"]]
    return texts


@pytest.mark.parametrize("kind", TOPICS)
def test_there_are_enough(kind: str) -> None:
    counts = {topic: len(EXAMPLES[label(topic)]) for topic in TOPICS[kind]}
    assert {topic: count for topic, count in counts.items() if count < LEAST[kind]} == {}


def test_there_are_enough_out_of_scope() -> None:
    assert len(EXAMPLES["out_of_scope"]) >= LEAST_OUT_OF_SCOPE


def test_no_phrase_stands_twice() -> None:
    counts = Counter(normalized(phrase) for _, phrase in PHRASES)
    assert [phrase for phrase, count in counts.items() if count > 1] == []


def test_no_two_phrases_are_nearly_the_same() -> None:
    longer = [p for _, p in PHRASES if len(normalized(p).split()) >= SHORT]
    vectors = vectorizer().fit_transform([normalized(p) for p in longer])
    alike = []
    for start in range(0, len(longer), 1000):
        similar = (vectors[start : start + 1000] @ vectors.T).tocoo()
        for row, column in np.argwhere(similar.toarray() >= ALIKE):
            if start + row < column:
                alike.append((longer[start + row], longer[column]))
    assert alike == []


def test_phrases_of_a_label_begin_in_many_ways() -> None:
    """Templates show in their beginnings: no three words may start many phrases of a label."""
    for name, phrases in EXAMPLES.items():
        starts = Counter(" ".join(normalized(p).split()[:3]) for p in phrases if len(p.split()) > 3)
        _, most = starts.most_common(1)[0]
        assert most <= max(6, len(phrases) * 0.06), (name, starts.most_common(1))


def test_phrases_are_of_many_lengths() -> None:
    for name, phrases in EXAMPLES.items():
        lengths = [len(phrase.split()) for phrase in phrases]
        assert max(lengths) >= 4 * np.percentile(lengths, 10), name


def test_no_phrase_can_be_mistaken_for_markup() -> None:
    markup = re.compile(r"\[[^\]]+\]\s*[({]")
    assert [phrase for _, phrase in PHRASES if markup.search(phrase)] == []


def trained_on_nearly(unseen: list[str]) -> list[tuple[str, str]]:
    """Pairs of what is trained on and what must not be, where they are equal or nearly so."""
    unseen = [normalized(text) for text in unseen]
    phrases = [phrase for _, phrase in PHRASES]
    trained = [normalized(text) for text in [*phrases, *MENTIONS, *RULE_EXAMPLES, *ANSWERS]]
    equal = sorted({text for text in trained if " " in text} & set(unseen))
    vectors = vectorizer().fit(trained)
    long_trained = [text for text in trained if len(text.split()) >= SHORT]
    long_unseen = [text for text in unseen if len(text.split()) >= SHORT]
    similar = vectors.transform(long_trained) @ vectors.transform(long_unseen).T
    rows, columns = (similar >= NEAR_VALIDATION).nonzero()
    near = [(long_trained[r], long_unseen[c]) for r, c in zip(rows, columns, strict=True)]
    return [*zip(equal, equal, strict=True), *near]


@pytest.mark.skipif(not VALIDATION.is_dir(), reason="the validation set is not here")
def test_nothing_of_the_validation_set_is_trained_on() -> None:
    assert trained_on_nearly(validation_texts()) == []


def test_nothing_of_the_safety_cases_is_trained_on() -> None:
    assert trained_on_nearly(column_of_texts(SAFETY_CASES)) == []


def test_nothing_of_the_free_answers_is_learned_from() -> None:
    lines = [line for file in FREE_ANSWERS for line in file.read_text().splitlines()]
    rows = [line.split("\t") for line in lines]
    # "Does it hurt much" was a training phrase before; it is there as a question, not as an answer.
    written = [text for _, text, meaning in rows if meaning != "question"]
    # Two words, such as "none of these", are everybody's.
    longer = [text for text in written if len(normalized(text).split()) >= SHORT]
    assert trained_on_nearly(longer) == []


def test_no_mention_of_a_danger_stands_twice() -> None:
    counts = Counter(normalized(text) for text in MENTIONS)
    assert [text for text, count in counts.items() if count > 1] == []
