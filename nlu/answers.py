"""While the screening has a question pending: what a statement may mean as its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import yaml
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.answer_model import AnswerModel
from nlu.dangers import DANGERS
from nlu.featurizer import ENCODER, embedding_of
from nlu.learned_component import LearnedComponent
from nlu.normalization import NORMALIZED, project_normalizer
from nlu.sentence_encoder import SentenceEncoder

EXAMPLES = Path(__file__).resolve().parent.parent / "data" / "screening_answers.yml"
# A property of a message, as parse data: the fields of a `Meaning`.
ANSWER = "answer"
# An intent, and the kind of that name; from this probability on the one is taken for the other.
STOP = "stop"
SURE_TO_STOP = 0.7
ASKED = "question"
# A message that is understood as something else wants that, not just to stop.
NOTHING_ELSE = frozenset({"nlu_fallback", "out_of_scope", "goodbye"})
# These may as well be answers.
NO_DIGRESSIONS = frozenset({"affirm", "deny", "ask_medical_advice", "out_of_scope", "log_migraine"})
EVERY_SO_MANY_PHRASES = 10
FORM, STATE = "screening_form", "screening_state"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class PendingAnswer(LearnedComponent[AnswerModel]):
    """Notes what a message may mean as an answer; the form decides whether it is one.

    Only a plain wish to stop becomes an intent here. Learned from data/screening_answers.yml.
    """

    def fit(self, training_data: TrainingData) -> AnswerModel:
        normalize = project_normalizer()
        answers = written_answers()
        phrases = [
            (example.get(TEXT), example.get(INTENT))
            for example in training_data.intent_examples
            if example.get(TEXT)
        ]
        asked = sorted({question for question, _, _ in answers})
        questions, texts, meanings = zip(*answers, *_digressions(phrases, asked), strict=True)
        normal = [normalize(text) for text in texts]
        embeddings = SentenceEncoder(ENCODER).encode(normal)
        return AnswerModel.train(questions, normal, embeddings, meanings)

    @staticmethod
    def write(model: AnswerModel, folder: Path) -> None:
        model.save(folder)

    @staticmethod
    def read(folder: Path) -> AnswerModel:
        return AnswerModel.load(folder)

    def process(
        self, messages: list[Message], tracker: DialogueStateTracker | None = None
    ) -> list[Message]:
        question = pending_question(tracker)
        for message in messages:
            if self.model and question and message.get(TEXT):
                meaning = self.model.meaning(
                    question, message.get(NORMALIZED), embedding_of(message)
                )
                if meaning:
                    message.set(ANSWER, asdict(meaning), add_to_output=True)
                    intent = (message.get(INTENT) or {}).get("name")
                    if intent in NOTHING_ELSE and meaning.kinds.get(STOP, 0.0) >= SURE_TO_STOP:
                        message.set(INTENT, {"name": STOP, "confidence": 1.0}, add_to_output=True)
        return messages


def _digressions(
    phrases: Sequence[tuple[str, str]], questions: Sequence[str]
) -> list[tuple[str, str, str]]:
    """Some of the training phrases, as what is said instead of an answer; spread over questions."""
    telling = [
        (text, STOP if intent == STOP else ASKED)
        for text, intent in phrases
        if intent not in DANGERS | NO_DIGRESSIONS
    ]
    return [
        (questions[place % len(questions)], text, kind)
        for place, (text, kind) in enumerate(telling[::EVERY_SO_MANY_PHRASES])
    ]


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
