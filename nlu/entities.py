"""Entities from reviewed word lists, found with spaCy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import spacy
import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from nlu.places import PlaceFinder

WORD_LISTS = Path(__file__).resolve().parent.parent / "data" / "entities.yml"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ReviewedEntities(EntityExtractorMixin, GraphComponent):
    """Extracts `place` and `answer_style` with a blank English spaCy pipeline and rules."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ReviewedEntities:
        return cls(yaml.safe_load(WORD_LISTS.read_text()))

    def __init__(self, word_lists: dict[str, Any]) -> None:
        self._language = spacy.blank("en")
        self._places = PlaceFinder(
            self._language, word_lists["states"], word_lists["not_part_of_a_city"]
        )
        self._styles = PhraseMatcher(self._language.vocab, attr="LOWER")
        for style, phrases in word_lists["answer_style"].items():
            self._styles.add(style, [self._language.make_doc(phrase) for phrase in phrases])

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            doc = self._language.make_doc(message.get(TEXT) or "")
            found = self._find_places(doc) + self._find_answer_style(doc)
            entities = message.get(ENTITIES, []) + self.add_extractor_name(found)
            message.set(ENTITIES, entities, add_to_output=True)
        return messages

    def _find_places(self, doc: Doc) -> list[dict[str, Any]]:
        return [
            {"entity": "place", "value": place.text, "start": place.start, "end": place.end}
            for place in self._places.find(doc)
        ]

    def _find_answer_style(self, doc: Doc) -> list[dict[str, Any]]:
        spans = [
            (doc.vocab.strings[style], doc[start:end]) for style, start, end in self._styles(doc)
        ]
        if not spans:
            return []
        # "a simpler version with more words" asks for simpler: the plainer wish wins.
        style, span = min(spans, key=lambda found: (found[0] != "simple", found[1].start))
        return [
            {
                "entity": "answer_style",
                "value": style,
                "start": span.start_char,
                "end": span.end_char,
            }
        ]
