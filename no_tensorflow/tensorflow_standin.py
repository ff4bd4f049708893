"""A stand-in for TensorFlow and Keras, so that Rasa can be imported without them.

Rasa 3.6 imports TensorFlow at start-up to define DIET, TED and their layers, whether or not
config.yml uses them. Needlewise uses none of them. Real TensorFlow costs 1.4 GB of disk, 450 MB
of memory in every process and half of the start-up time (docs/decisions.md).

The stand-in lets those definitions be read (base classes, decorators, annotations). Using one
raises `TensorFlowIsAbsent`, with the way out.
"""

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence
from typing import Any


class TensorFlowIsAbsent(ImportError):
    """A component that needs the real TensorFlow was used."""

    def __init__(self) -> None:
        super().__init__(
            "This Rasa component needs TensorFlow, which Needlewise leaves out. Take the component "
            "out of config.yml, or remove the tensorflow overrides from pyproject.toml and the "
            "no_tensorflow folder, then run 'make lock setup'."
        )


class _AbsentMeta(type):
    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        is_bare_decorator = len(args) == 1 and isinstance(args[0], types.FunctionType)
        if cls is Absent and is_bare_decorator:
            return args[0]
        raise TensorFlowIsAbsent


class Absent(metaclass=_AbsentMeta):
    """Stands for any class or function of TensorFlow; can be subclassed, not used."""


class _AbsentModule(types.ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent


class _AbsentFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds every submodule of the absent packages."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: Any = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] in ("tensorflow", "keras"):
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _AbsentModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        pass


def stand_in(name: str) -> None:
    """Turn the package `name`, while it is being imported, into an absent one."""
    if not any(isinstance(finder, _AbsentFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _AbsentFinder())
    sys.modules[name].__class__ = _AbsentModule
