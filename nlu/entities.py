"""Entities from reviewed word lists, found with spaCy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
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
from spacy.tokens import Doc, Span

from nlu.dates import DateFinder
from nlu.medical_terms import TermFinder
from nlu.places import PlaceFinder
from nlu.quantities import QuantityFinder

DATA = Path(__file__).resolve().parent.parent / "data"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ReviewedEntities(EntityExtractorMixin, GraphComponent):
    """Extracts, with a blank English spaCy pipeline and rules, what statistics should not guess.

    Entities: place, answer_style, questionnaire, medicine (its class as `group`), condition,
    duration, frequency, count, age and date, each with a normalised value. A medicine or condition
    that is denied, past, hypothetical or somebody else's has `marks` that say so.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ReviewedEntities:
        return cls(
            yaml.safe_load((DATA / "entities.yml").read_text()),
            yaml.safe_load((DATA / "medical_words.yml").read_text()),
        )

    def __init__(self, word_lists: dict[str, Any], medical_words: dict[str, Any]) -> None:
        self._language = spacy.blank("en")
        self._language.add_pipe("sentencizer")
        self._terms = TermFinder(self._language, **medical_words)
        self._quantities = QuantityFinder(self._language)
        self._dates = DateFinder(self._language)
        self._places = PlaceFinder(
            self._language, word_lists["states"], word_lists["not_part_of_a_city"]
        )
        self._styles = self._matcher(word_lists["answer_style"])
        self._questionnaires = self._matcher(word_lists["questionnaire"])

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            doc = self._language(message.get(TEXT) or "")
            found = [
                *self._find_places(doc),
                *self._find_answer_style(doc),
                *self._find_questionnaire(doc),
                *self._find_terms(doc),
                *self._find_quantities(doc),
                *self._find_dates(doc),
            ]
            entities = message.get(ENTITIES, []) + self.add_extractor_name(found)
            message.set(ENTITIES, entities, add_to_output=True)
        return messages

    def _find_places(self, doc: Doc) -> list[dict[str, Any]]:
        return [
            {"entity": "place", "value": place.text, "start": place.start, "end": place.end}
            for place in self._places.find(doc)
        ]

    def _find_terms(self, doc: Doc) -> list[dict[str, Any]]:
        return [
            {
                **_entity(term.kind, term.value, term.span),
                **({"group": term.group} if term.group else {}),
                **({"marks": list(term.marks)} if term.marks else {}),
            }
            for term in self._terms.find(doc)
        ]

    def _find_quantities(self, doc: Doc) -> list[dict[str, Any]]:
        return [_entity(q.kind, q.value, q.span) for q in self._quantities.find(doc)]

    def _find_dates(self, doc: Doc) -> list[dict[str, Any]]:
        found = self._dates.find(doc, datetime.now())
        return [_entity("date", day.value, day.span) for day in found]

    def _matcher(self, phrases: Mapping[str, Sequence[str]]) -> PhraseMatcher:
        matcher = PhraseMatcher(self._language.vocab, attr="LOWER")
        for name, group in phrases.items():
            matcher.add(name, [self._language.make_doc(phrase) for phrase in group])
        return matcher

    def _find_questionnaire(self, doc: Doc) -> list[dict[str, Any]]:
        return [
            _entity("questionnaire", doc.vocab.strings[name], doc[start:end])
            for name, start, end in self._questionnaires(doc)[:1]
        ]

    def _find_answer_style(self, doc: Doc) -> list[dict[str, Any]]:
        spans = [
            (doc.vocab.strings[style], doc[start:end]) for style, start, end in self._styles(doc)
        ]
        if not spans:
            return []
        # "a simpler version with more words" asks for simpler: the plainer wish wins.
        style, span = min(spans, key=lambda found: (found[0] != "simple", found[1].start))
        return [_entity("answer_style", style, span)]


def _entity(name: str, value: str | float, span: Span) -> dict[str, Any]:
    return {"entity": name, "value": value, "start": span.start_char, "end": span.end_char}
