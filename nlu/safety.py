"""The safety net: whatever else a message says, a danger in it comes first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import spacy
import yaml
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_RANKING_KEY,
    RESPONSE_SELECTOR,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.alarm import (
    ALARM,
    CHECK,
    CHECK_CRISIS,
    OVER,
    PUT_OFF,
    AlarmWords,
    alarm_of,
    asked_about,
    choices_just_shown,
    put_off_by_asking,
)
from nlu.answers import ANSWER, written_answers
from nlu.classifier import OFFERED, SECOND
from nlu.conversation import last_topic
from nlu.danger_examples import buried, calm_answers, mentions, of_training_phrases
from nlu.danger_model import HARMLESS, DangerModel
from nlu.dangers import CRISIS, EMERGENCY, URGENCIES
from nlu.featurizer import ENCODER, embedding_of
from nlu.learned_component import LearnedComponent
from nlu.mentions import Mentions
from nlu.normalization import NORMALIZED, project_normalizer
from nlu.sentence_encoder import SentenceEncoder
from nlu.sentences import sentences
from nlu.signs import NEEDLING, SignFinder
from nlu.verdict import DangerThresholds, Verdict, judge

DATA = Path(__file__).resolve().parent.parent / "data"
# Who asked about these has most likely been needled.
TOPICS_AFTER_NEEDLING = frozenset({"aftercare", "side_effects", "serious_risks"})
ALARM_OVER = "alarm_over"
# A property of a message, as parse data: a sign calls for an appointment, not for an alarm.
SEE_DOCTOR_SOON = "see_doctor_soon"
# A sentence less suspicious than this says nothing about a danger.
CERTAINLY_HARMLESS = 0.03
ORDINARY = range(15, 90)
# The probability from which on a message is taken for an answer, not for news of the person.
PLAINLY = 0.6
ANSWERS = frozenset({"yes", "no", "unsure", "number", "list"})
# The channels let nothing longer through; what is longer is looked at as a whole, and by the rules.
LONGEST_IN_PARTS = 2000


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SafetyNet(LearnedComponent[DangerModel]):
    """Stands last in the pipeline and overrides whatever was understood before.

    Rules (`nlu.signs`) and a statistical model (`nlu.danger_model`) look at every message, and
    `nlu.verdict` decides. An alarm sets the intent to the danger and the entity `alarm` to its
    urgency, which fills the slot of that name; the slot outlives the message (the latch). Only the
    words of a button that was just shown, such as "Nervous, or I have fainted", raise no alarm:
    the assistant wrote them itself, and the form that asked decides what they mean.
    """

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: DangerModel | None = None,
    ) -> None:
        super().__init__(config, model_storage, resource, model)
        self._thresholds = DangerThresholds()
        self._encoder = SentenceEncoder(ENCODER)
        language = spacy.blank("en")
        language.add_pipe("sentencizer")
        mentions = Mentions(language, **_content("mention_cues"))
        self._signs = SignFinder(_content("red_flags"), mentions)
        self._alarm_words = AlarmWords(_content("alarm_words"), mentions)

    def fit(self, training_data: TrainingData) -> DangerModel:
        examples = [e for e in training_data.intent_examples if e.get(TEXT)]
        phrases = of_training_phrases([(e.get(NORMALIZED), e.get(INTENT)) for e in examples])
        normalize = project_normalizer()
        calm = calm_answers(written_answers(), lambda text: self._signs.find(normalize(text)))
        written = [*mentions(), *calm]
        told = [(normalize(text), label) for text, label in written]
        telling = [*(p for p in phrases if p[1] != HARMLESS), *told]
        ordinary = sorted(t for t, label in phrases if label == HARMLESS and len(t) in ORDINARY)
        more = [*told, *buried(telling, ordinary)]
        embeddings = np.vstack(
            [*map(embedding_of, examples), self._encoder.encode([text for text, _ in more])]
        )
        texts, labels = zip(*phrases, *more, strict=True)
        return DangerModel.train(texts, embeddings, labels)

    @staticmethod
    def write(model: DangerModel, folder: Path) -> None:
        model.save(folder)

    @staticmethod
    def read(folder: Path) -> DangerModel:
        return DangerModel.load(folder)

    def process(
        self, messages: list[Message], tracker: DialogueStateTracker | None = None
    ) -> list[Message]:
        for message in messages:
            text = message.get(TEXT)
            if self.model and text and text not in choices_just_shown(tracker):
                self._watch(message, tracker)
        return messages

    def verdict(
        self,
        text: str,
        embedding: np.ndarray,
        topic_likelihood: float = 0.0,
        needling_was_the_topic: bool = False,
    ) -> Verdict:
        """Judge a normalised text; see `nlu.verdict.judge`."""
        assert self.model is not None
        whole = self.model.probabilities(text, embedding)
        is_certain = 1 - whole[HARMLESS] >= self._thresholds.raise_at_plain
        return judge(
            self._signs.find(text),
            whole,
            None if is_certain else self._suspicious_part(text),
            needling_was_the_topic or NEEDLING in self._signs.subjects(text),
            topic_likelihood,
            self._thresholds,
        )

    def _suspicious_part(self, text: str) -> dict[str, float] | None:
        """How a message looks without its harmless sentences, if it has any."""
        assert self.model is not None
        parts = sentences(text) if len(text) <= LONGEST_IN_PARTS else []
        if len(parts) < 2:
            return None
        suspicious = [
            part
            for part, vector in zip(parts, self._encoder.encode(parts), strict=True)
            if self.model.probabilities(part, vector)[HARMLESS] <= 1 - CERTAINLY_HARMLESS
        ]
        if not suspicious or len(suspicious) == len(parts):
            return None
        rest = " ".join(suspicious)
        return self.model.probabilities(rest, self._encoder.encode([rest])[0])

    def _watch(self, message: Message, tracker: DialogueStateTracker | None) -> None:
        text = message.get(NORMALIZED)
        topics = message.get(INTENT_RANKING_KEY) or [{"confidence": 0.0}]
        likeliest = max(topic["confidence"] for topic in topics)
        if _is_plainly_an_answer(message):
            likeliest = 1.0
        after = last_topic(tracker) in TOPICS_AFTER_NEEDLING
        verdict = self.verdict(text, embedding_of(message), likeliest, after)
        alarm = alarm_of(tracker)
        intent = (message.get(INTENT) or {}).get("name")
        asked = asked_about(tracker)
        says_now = asked and (intent == "affirm" or self._alarm_words.says_it_is_now(text))
        dangerous = verdict.danger is not None and not verdict.ask
        if alarm and self._alarm_words.end_it(text, alarm, dangerous):
            _override(message, ALARM_OVER, OVER)
        elif verdict.urgency and verdict.danger:
            urgency = max(verdict.urgency, alarm or verdict.urgency, key=URGENCIES.index)
            _override(message, verdict.danger, urgency)
        elif says_now:
            crisis = asked == CHECK_CRISIS
            _override(message, CRISIS if crisis else EMERGENCY, "crisis" if crisis else "emergency")
        elif asked and (intent == "deny" or self._alarm_words.says_it_is_not(text)):
            _override(message, ALARM_OVER, None)
            if put_off := put_off_by_asking(tracker):
                message.set(SECOND, put_off, add_to_output=True)
        elif verdict.ask and not alarm:
            _put_off(message)
            _override(message, CHECK_CRISIS if verdict.danger == CRISIS else CHECK, None)
        elif verdict.urgency == "soon":
            message.set(SEE_DOCTOR_SOON, True, add_to_output=True)


def _is_plainly_an_answer(message: Message) -> bool:
    """Does it answer what the screening asked, such as "nobody is pushing me"?"""
    kinds = (message.get(ANSWER) or {}).get("kinds", {})
    return any(p >= PLAINLY for kind, p in kinds.items() if kind in ANSWERS)


def _put_off(message: Message) -> None:
    """Keep the question in a message for after the answer to ours."""
    if message.get(INTENT)["name"] == "faq":
        question = {key: message.get(key) for key in (TEXT, INTENT, RESPONSE_SELECTOR)}
        message.set(PUT_OFF, question, add_to_output=True)


def _override(message: Message, intent: str, alarm: str | None) -> None:
    message.set(INTENT, {"name": intent, "confidence": 1.0}, add_to_output=True)
    for name in (SECOND, OFFERED):
        message.data.pop(name, None)
    if alarm:
        entity = {"entity": ALARM, "value": alarm, "start": 0, "end": len(message.get(TEXT))}
        others = [e for e in message.get(ENTITIES, []) if e["entity"] != ALARM]
        message.set(ENTITIES, [*others, entity], add_to_output=True)


def _content(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((DATA / f"{name}.yml").read_text(encoding="utf-8"))
    return content
