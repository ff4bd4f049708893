"""The directory: providers in SQLite, filled from a CSV file, searched by distance."""

import csv
import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Engine, create_engine, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import StaticPool

from services.providers.places import Gazetteer, Place, PlaceNotFound

SAMPLE_FILE = Path(__file__).parent / "sample_providers.csv"
SAMPLE_ORIGIN = (
    "These entries are SAMPLES, made up to try out Needlewise. They are not real clinics, and "
    "their numbers do not work."
)
EARTH_RADIUS_MILES = 3958.8
MILES_PER_DEGREE = 69.0


class Profession(StrEnum):
    PHYSICAL_THERAPIST = "physical_therapist"
    ACUPUNCTURIST = "acupuncturist"
    CHIROPRACTOR = "chiropractor"
    PHYSICIAN = "physician"

    @property
    def title(self) -> str:  # type: ignore[override]
        return self.value.replace("_", " ")


class Base(DeclarativeBase):
    pass


class Provider(Base):
    """One entry; latitude and longitude are those of the center of its ZIP area."""

    __tablename__ = "provider"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    profession: Mapped[str]
    address: Mapped[str]
    city: Mapped[str]
    state: Mapped[str]
    postal_code: Mapped[str]
    phone: Mapped[str]
    latitude: Mapped[float] = mapped_column(index=True)
    longitude: Mapped[float]


@dataclass(frozen=True)
class Found:
    """A provider and its distance, as the crow flies, in miles."""

    provider: Provider
    distance_miles: float


class Directory:
    """Searches the providers in a database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def near(
        self,
        place: Place,
        radius_miles: float,
        limit: int,
        professions: Iterable[Profession] = tuple(Profession),
    ) -> list[Found]:
        """Return at most `limit` providers within the radius, nearest first."""
        latitude_span = radius_miles / MILES_PER_DEGREE
        query = select(Provider).where(
            Provider.latitude.between(
                place.latitude - latitude_span, place.latitude + latitude_span
            ),
            Provider.profession.in_([profession.value for profession in professions]),
        )
        with Session(self._engine) as session:
            candidates = session.scalars(query).all()
        found = [
            Found(p, miles_between(place.latitude, place.longitude, p.latitude, p.longitude))
            for p in candidates
        ]
        within = [f for f in found if f.distance_miles <= radius_miles]
        return sorted(within, key=lambda f: (f.distance_miles, f.provider.id))[:limit]


def miles_between(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance between two points in degrees, in miles (haversine formula)."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half_phi, half_lambda = (phi2 - phi1) / 2, math.radians(lon2 - lon1) / 2
    chord = math.sin(half_phi) ** 2 + math.cos(phi1) * math.cos(phi2) * math.sin(half_lambda) ** 2
    return 2 * EARTH_RADIUS_MILES * math.asin(min(1.0, math.sqrt(chord)))


def sample_directory(gazetteer: Gazetteer, file: Path = SAMPLE_FILE) -> Directory:
    """A directory in memory with the sample providers.

    Raises:
        ValueError: a row has an unknown profession or ZIP code; the message names its line.
    """
    engine = create_engine(
        "sqlite://",
        connect_args={"check_same_thread": False},
        poolclass=StaticPool,
        hide_parameters=True,
    )
    Base.metadata.create_all(engine)
    with file.open(newline="", encoding="utf-8") as lines, Session(engine) as session:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            try:
                place = gazetteer.find(row["postal_code"])
                profession = Profession(row["profession"])
            except (PlaceNotFound, ValueError) as error:
                raise ValueError(f"{file.name}, line {number}: {error}") from error
            location = {"latitude": place.latitude, "longitude": place.longitude}
            session.execute(
                insert(Provider).values({**row, "profession": profession.value, **location})
            )
        session.commit()
    return Directory(engine)
