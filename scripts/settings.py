"""Ports and places, from the environment, checked before anything starts."""

import os
from dataclasses import dataclass
from pathlib import Path

from channels.emergency_numbers import COUNTRIES, DEFAULT_COUNTRY

PROJECT = Path(__file__).resolve().parent.parent
STATE = PROJECT / ".state"
LOGS = STATE / "logs"
ENCODER = STATE / "encoder"
SECRET_FILE = STATE / "chat-secret"
MODEL = PROJECT / "models" / "needlewise.tar.gz"
RASA_PYTHON = PROJECT / ".venv" / "bin" / "python"
SERVICES_PYTHON = PROJECT / "services" / ".venv" / "bin" / "python"
HOST = "127.0.0.1"


class SettingsError(ValueError):
    """A setting is not usable; the message says which and how to mend it."""


@dataclass(frozen=True)
class Settings:
    """Where the three processes listen, where conversations are kept, whose emergency numbers."""

    port: int
    actions_port: int
    services_port: int
    conversations: Path
    country: str = DEFAULT_COUNTRY
    screening_database: str = f"sqlite:///{STATE / 'screening.db'}"
    public_url: str = ""

    @classmethod
    def from_environment(cls) -> "Settings":
        """Read NEEDLEWISE_PORT, ACTIONS_PORT, SERVICES_PORT, CONVERSATIONS_DB, NEEDLEWISE_COUNTRY,
        SCREENING_DATABASE_URL and NEEDLEWISE_PUBLIC_URL (of the chat channel, as people reach it).

        Raises:
            SettingsError: a port is no number from 1 to 65535, or two are the same;
                there is no such country.
        """
        settings = cls(
            port=_port("NEEDLEWISE_PORT", 5005),
            actions_port=_port("ACTIONS_PORT", 5055),
            services_port=_port("SERVICES_PORT", 8000),
            conversations=Path(os.environ.get("CONVERSATIONS_DB", STATE / "conversations.db")),
            country=os.environ.get("NEEDLEWISE_COUNTRY", DEFAULT_COUNTRY),
            screening_database=os.environ.get("SCREENING_DATABASE_URL", cls.screening_database),
            public_url=os.environ.get("NEEDLEWISE_PUBLIC_URL", ""),
        )
        if len({settings.port, settings.actions_port, settings.services_port}) < 3:
            raise SettingsError(
                "NEEDLEWISE_PORT, ACTIONS_PORT and SERVICES_PORT must differ from each other."
            )
        if settings.country not in COUNTRIES:
            raise SettingsError(
                f"NEEDLEWISE_COUNTRY is {settings.country!r}, but must be one of "
                f"{', '.join(COUNTRIES)}."
            )
        return settings

    def as_environment(self) -> dict[str, str]:
        """The environment from which `from_environment` reads the same settings."""
        return {
            "NEEDLEWISE_PORT": str(self.port),
            "ACTIONS_PORT": str(self.actions_port),
            "SERVICES_PORT": str(self.services_port),
            "CONVERSATIONS_DB": str(self.conversations),
            "NEEDLEWISE_COUNTRY": self.country,
            "SCREENING_DATABASE_URL": self.screening_database,
            "NEEDLEWISE_PUBLIC_URL": self.public_url,
        }

    @property
    def chat_url(self) -> str:
        return f"http://{HOST}:{self.port}/webhooks/chat"


def _port(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        raise SettingsError(f"{name} must be a port number from 1 to 65535, not {value!r}.")
    return int(value)


def rasa_environment() -> dict[str, str]:
    """Settings for every call of Rasa: no telemetry, no warnings about other people's code.

    One message is too small to share its arithmetic between threads.
    """
    return {
        "OPENBLAS_NUM_THREADS": "1",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONWARNINGS": "ignore::DeprecationWarning",
    }
