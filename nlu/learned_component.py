"""What the components that learn have in common: they are trained, kept and read again."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Generic, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.featurizer import SentenceFeaturizer

Learned = TypeVar("Learned")
Self = TypeVar("Self", bound="LearnedComponent[Any]")


class LearnedComponent(IntentClassifier, GraphComponent, Generic[Learned]):
    """A classifier with a model of its own; `fit`, `write` and `read` say what that is.

    Attributes:
        model: what was learned; None before training.
    """

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Learned | None = None,
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self.model = model

    @classmethod
    def required_components(cls) -> list[type]:
        return [SentenceFeaturizer]

    @classmethod
    def create(
        cls: type[Self],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls: type[Self],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, cls.read(folder))

    def train(self, training_data: TrainingData) -> Resource:
        self.model = self.fit(training_data)
        with self._model_storage.write_to(self._resource) as folder:
            self.write(self.model, folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def fit(self, training_data: TrainingData) -> Learned:
        """Learn from the training data, and from files of the component's own."""
        raise NotImplementedError

    @staticmethod
    def write(model: Learned, folder: Path) -> None:
        """Keep the model in files in `folder`."""
        raise NotImplementedError

    @staticmethod
    def read(folder: Path) -> Learned:
        """Read what `write` wrote."""
        raise NotImplementedError
