"""Understanding as a Rasa component: which label, or which two, or which to ask about."""

from __future__ import annotations

from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_RANKING_KEY,
    INTENT_RESPONSE_KEY,
    RESPONSE_SELECTOR,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.conversation import last_topic
from nlu.dangers import DANGERS
from nlu.decision import Side, Thresholds, decide
from nlu.featurizer import ENCODER, PARTED_EMBEDDINGS, embedding_of
from nlu.follow_ups import AFTER_ANYTHING, FollowUpModel
from nlu.learned_component import LearnedComponent
from nlu.normalization import NORMALIZED, PARTED, project_normalizer
from nlu.sentence_encoder import SentenceEncoder
from nlu.topic_model import TopicModel, TopicModelOptions

FOLLOW_UPS = Path(__file__).resolve().parent.parent / "data" / "follow_ups.yml"
NOT_UNDERSTOOD = "nlu_fallback"
# Properties of a message: the second thing it asks, as parse data, and the labels to offer.
SECOND = "second"
OFFERED = "offered"
RANKING_LENGTH = 5

Models = tuple[TopicModel, FollowUpModel]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(LearnedComponent[Models]):
    """Does the work of an intent classifier, a response selector and a fallback classifier.

    For a retrieval intent such as `faq/cost` it sets the intent `faq` and selects the response
    `utter_faq/cost`. When it is not sure, the intent is `nlu_fallback` and `offered` lists what may
    be meant; when a message asks two things, `second` holds what Rasa needs to answer the other.
    Options in config.yml: those of `TopicModelOptions` and `Thresholds`.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**asdict(TopicModelOptions()), **asdict(Thresholds())}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Models | None = None,
    ) -> None:
        super().__init__(config, model_storage, resource, model)
        self._options = TopicModelOptions(**_only(TopicModelOptions, config))
        self._thresholds = Thresholds(**_only(Thresholds, config))

    def fit(self, training_data: TrainingData) -> Models:
        # What is a danger is for the safety net to say.
        examples = [
            example
            for example in training_data.intent_examples
            if example.get(TEXT) and example.get(INTENT) not in DANGERS
        ]
        texts = [example.get(NORMALIZED) for example in examples]
        embeddings = np.vstack([embedding_of(example) for example in examples])
        labels = [example.get(INTENT_RESPONSE_KEY) or example.get(INTENT) for example in examples]
        topics = TopicModel.train(texts, embeddings, labels, self._options)
        return topics, _train_follow_ups(topics, texts, embeddings)

    @staticmethod
    def write(model: Models, folder: Path) -> None:
        for each in model:
            each.save(folder)

    @staticmethod
    def read(folder: Path) -> Models:
        return TopicModel.load(folder), FollowUpModel.load(folder)

    def process(
        self, messages: list[Message], tracker: DialogueStateTracker | None = None
    ) -> list[Message]:
        topic = last_topic(tracker)
        for message in messages:
            message.set(INTENT, {"name": None, "confidence": 0.0}, add_to_output=True)
            if self.model and message.get(TEXT):
                self._understand(message, topic)
        return messages

    def _understand(self, message: Message, topic: str | None) -> None:
        assert self.model is not None
        topics, follow_ups = self.model
        parted = message.get(PARTED, [])
        texts = [message.get(NORMALIZED), *(side for sides in parted for side in sides)]
        embeddings = np.vstack([embedding_of(message), *message.get(PARTED_EMBEDDINGS, [])])
        alone = topics.log_probabilities(texts, embeddings)

        def in_context(row: int, after: str | None) -> np.ndarray:
            if after is None:
                return np.asarray(alone[row])
            return follow_ups.rescore(texts[row], embeddings[row], alone[row], after)

        whole = in_context(0, topic)
        sides = []
        for left in range(1, len(texts), 2):
            first = in_context(left, topic)
            meaning = _topic_of(topics.labels[int(np.argmax(first))])
            second = in_context(left + 1, meaning)
            sides.append((Side(texts[left], first), Side(texts[left + 1], second)))
        decision = decide(topics.labels, whole, sides, self._thresholds)

        ranking = _ranking(topics.labels, whole, decision.answer)
        for key, value in _parse_data(decision.answer, ranking).items():
            message.set(key, value, add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        if decision.second:
            label, words = decision.second
            second_data = {TEXT: words, **_parse_data(label, _ranking(topics.labels, whole, label))}
            message.set(SECOND, second_data, add_to_output=True)
        if decision.offered:
            message.set(OFFERED, list(decision.offered), add_to_output=True)


def _train_follow_ups(
    topics: TopicModel, texts: list[str], embeddings: np.ndarray
) -> FollowUpModel:
    """Learn from data/follow_ups.yml, as far as its topics occur in the training data."""
    known = {_topic_of(label) for label in topics.labels}
    normalize, encoder = project_normalizer(), SentenceEncoder(ENCODER)
    written = [
        (last, normalize(text), meaning)
        for last, meanings in yaml.safe_load(FOLLOW_UPS.read_text(encoding="utf-8")).items()
        for meaning, phrases in meanings.items()
        for text in phrases
        if meaning in known and last in known | {AFTER_ANYTHING}
    ]
    vectors = encoder.encode([text for _, text, _ in written])
    likelihoods = topics.log_probabilities([text for _, text, _ in written], vectors)
    return FollowUpModel.train(
        [_topic_of(label) for label in topics.labels], written, vectors, likelihoods,
        texts, embeddings,
    )  # fmt: skip


def _parse_data(label: str | None, ranking: list[dict[str, Any]]) -> dict[str, Any]:
    """Intent and response selection for a label, in the shape that Rasa's policies expect."""
    if label is None:
        return {INTENT: {"name": NOT_UNDERSTOOD, "confidence": 1.0 - ranking[0]["confidence"]}}
    confidence = next(c["confidence"] for c in ranking if c["name"] == label)
    intent, is_retrieval, _ = label.partition("/")
    data: dict[str, Any] = {INTENT: {"name": intent, "confidence": confidence}}
    if is_retrieval:
        response = {
            "confidence": confidence,
            "intent_response_key": label,
            "utter_action": f"utter_{label}",
        }
        data[RESPONSE_SELECTOR] = {
            "all_retrieval_intents": [intent],
            intent: {"response": response, "ranking": []},
        }
    return data


def _ranking(labels: list[str], whole: np.ndarray, answer: str | None) -> list[dict[str, Any]]:
    """The likeliest labels, the one to answer first."""
    order = [labels[i] for i in np.argsort(-whole, kind="stable")[:RANKING_LENGTH]]
    if answer is not None:
        order = [answer, *(label for label in order if label != answer)]
    likelihood = dict(zip(labels, np.exp(whole), strict=True))
    return [{"name": label, "confidence": float(likelihood[label])} for label in order]


def _topic_of(label: str) -> str:
    return label.removeprefix("faq/")


def _only(options: type, config: dict[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(options)}
    return {key: value for key, value in config.items() if key in names}
