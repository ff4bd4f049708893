"""Whether physical therapists may needle, by state: data with a date and a source."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

FILE = Path(__file__).parent / "state_law.yml"

StateCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class Status(StrEnum):
    ALLOWED = "allowed"
    NOT_ALLOWED = "not_allowed"
    UNCLEAR = "unclear"
    UNKNOWN = "unknown"


class State(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    status: Status
    sources: tuple[str, ...] = Field(min_length=1)


class StateLaw(BaseModel):
    """The list, its date, and how each status is put into words (`{state}` is filled in)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    as_of: date
    wording: dict[Status, str]
    states: dict[StateCode, State]

    def status(self, code: str) -> Status:
        return self.states[code].status if code in self.states else Status.UNKNOWN

    def text(self, code: str) -> str:
        """The note for a state, ready to be read."""
        name = self.states[code].name if code in self.states else code
        return self.wording[self.status(code)].format(state=name)


def load_state_law(file: Path = FILE) -> StateLaw:
    """Read the list.

    Raises:
        pydantic.ValidationError: the file is not as described above.
    """
    return StateLaw.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
