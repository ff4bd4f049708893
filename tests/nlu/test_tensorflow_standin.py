"""Rasa runs without TensorFlow, and says so clearly when something needs it."""

import sys

import pytest
import tensorflow
from tensorflow_standin import Absent, TensorFlowIsAbsent


def test_rasa_can_be_imported() -> None:
    import rasa.core.agent
    import rasa.engine.recipes.default_components  # noqa: F401

    assert "tensorflow.python.eager.context" not in sys.modules


def test_what_rasa_defines_with_it_can_be_defined() -> None:
    class Layer(tensorflow.keras.layers.Layer):
        @tensorflow.function
        def call(self, x: tensorflow.Tensor) -> tensorflow.Tensor:
            return x

    assert issubclass(Layer, Absent)


def test_using_it_says_what_to_do() -> None:
    from rasa.nlu.classifiers.diet_classifier import DIET

    with pytest.raises(TensorFlowIsAbsent, match=r"config\.yml"):
        DIET({}, {}, False, {})
    with pytest.raises(TensorFlowIsAbsent):
        tensorflow.constant(1)
