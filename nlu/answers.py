"""While the screening has a question pending: what a statement may mean as its answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.answer_model import AnswerModel
from nlu.featurizer import ENCODER, SentenceFeaturizer, embedding_of
from nlu.normalization import NORMALIZED, project_normalizer
from nlu.sentence_encoder import SentenceEncoder

EXAMPLES = Path(__file__).resolve().parent.parent / "data" / "screening_answers.yml"
# A property of a message, as parse data: meaning to probability.
ANSWER = "answer"
FORM, STATE = "screening_form", "screening_state"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class PendingAnswer(IntentClassifier, GraphComponent):
    """Notes what a message may mean as an answer; the form decides whether it is one.

    It changes no intent. Learned from data/screening_answers.yml.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [SentenceFeaturizer]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PendingAnswer:
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> PendingAnswer:
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, AnswerModel.load(folder))

    def __init__(
        self, model_storage: ModelStorage, resource: Resource, model: AnswerModel | None = None
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    def train(self, training_data: TrainingData) -> Resource:
        normalize = project_normalizer()
        questions, texts, meanings = zip(*written_answers(), strict=True)
        normal = [normalize(text) for text in texts]
        embeddings = SentenceEncoder(ENCODER).encode(normal)
        self._model = AnswerModel.train(questions, normal, embeddings, meanings)
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(
        self, messages: list[Message], tracker: DialogueStateTracker | None = None
    ) -> list[Message]:
        question = pending_question(tracker)
        for message in messages:
            if self._model and question and message.get(TEXT):
                likely = self._model.probabilities(
                    question, message.get(NORMALIZED), embedding_of(message)
                )
                message.set(ANSWER, likely, add_to_output=True)
        return messages


def pending_question(tracker: DialogueStateTracker | None) -> str | None:
    """The id of the question that the screening waits for an answer to, or None."""
    if tracker is None or tracker.active_loop_name != FORM:
        return None
    state = tracker.get_slot(STATE) or {}
    question = state.get("next_question") or {}
    return question.get("id")


def written_answers() -> list[tuple[str, str, str]]:
    """Question, text and meaning of every example."""
    content = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))
    return [
        (question, text, meaning)
        for question, meanings in content.items()
        for meaning, texts in meanings.items()
        for text in texts
    ]
