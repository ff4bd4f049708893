"""The model's components run in order, each once, and only those that are needed."""

from typing import Any

import pytest
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from channels.graph_runner import OrderedGraphRunner


class Adder(GraphComponent):
    """Adds what it is given, and counts how often it was asked."""

    calls = 0

    @classmethod
    def create(cls, *_: Any, **__: Any) -> "Adder":
        return cls()

    def add(self, a: int, b: int) -> int:
        Adder.calls += 1
        return a + b


def node(a: str, b: str, target: bool = False) -> SchemaNode:
    return SchemaNode(
        needs={"a": a, "b": b}, uses=Adder, fn="add", constructor_name="create", config={},
        eager=True, is_target=target,
    )  # fmt: skip


SCHEMA = GraphSchema(
    {
        "last": node("left", "right", target=True),
        "left": node("x", "x"),
        "right": node("x", "left"),
        "beside": node("x", "missing"),
    }
)


@pytest.fixture
def context() -> tuple[Any, Any]:
    return LocalModelStorage, ExecutionContext(SCHEMA)


def test_it_gives_what_rasas_runner_gives(context: tuple[Any, Any]) -> None:
    ours = OrderedGraphRunner.create(SCHEMA, *context)
    rasas = DaskGraphRunner.create(SCHEMA, *context)
    for x in (1, 5):
        assert ours.run({"x": x}) == rasas.run({"x": x}) == {"last": 5 * x}
    assert ours.run({"x": 2}, ["left"]) == rasas.run({"x": 2}, ["left"]) == {"left": 4}


def test_a_component_runs_once_a_message(context: tuple[Any, Any]) -> None:
    runner = OrderedGraphRunner.create(SCHEMA, *context)
    Adder.calls = 0
    runner.run({"x": 1})
    assert Adder.calls == 3


def test_a_missing_input_is_an_error(context: tuple[Any, Any]) -> None:
    with pytest.raises(GraphRunError, match="missing"):
        OrderedGraphRunner.create(SCHEMA, *context).run({"x": 1}, ["beside"])
