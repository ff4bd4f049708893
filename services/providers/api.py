"""The provider service: who needles near a place, and what the law of the state says."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from services.problems import Problem
from services.providers.directory import (
    SAMPLE_ORIGIN,
    Found,
    Profession,
    sample_directory,
)
from services.providers.places import (
    AmbiguousPlace,
    PlaceNotFound,
    PlaceTooLarge,
    load_gazetteer,
)
from services.providers.state_law import Status, load_state_law

STATE_LAW = load_state_law()
GAZETTEER = load_gazetteer({code: state.name for code, state in STATE_LAW.states.items()})
DIRECTORY = sample_directory(GAZETTEER)

router = APIRouter(tags=["providers"])


class PlaceOut(BaseModel):
    label: str
    state: str
    latitude: float
    longitude: float


class ProviderOut(BaseModel):
    id: str
    name: str
    profession: str
    address: str
    phone: str
    distance_miles: float
    is_sample: bool


class StateLawOut(BaseModel):
    """Whether physical therapists may needle in the state of the place, as of a date."""

    state: str
    status: Status
    as_of: str
    text: str


class SearchOut(BaseModel):
    """Providers, nearest first. Distances run between centers of ZIP areas."""

    place: PlaceOut
    radius_miles: int
    providers: list[ProviderOut]
    origin: str
    state_law: StateLawOut


@router.get("/providers")
def providers(
    near: Annotated[str, Query(max_length=100, description='ZIP code, "city, state" or city')],
    radius_miles: Annotated[int, Query(ge=1, le=200)] = 50,
    profession: Annotated[Profession | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 5,
) -> SearchOut:
    """Find providers near a place.

    Where physical therapists may not needle, they are left out unless asked for.
    """
    try:
        place = GAZETTEER.find(near)
    except PlaceNotFound as error:
        raise Problem(
            404, "place-not-found", "There is no such place in the US.", str(error)
        ) from None
    except PlaceTooLarge as error:
        raise Problem(422, "place-too-large", "A whole state is too large.", str(error)) from None
    except AmbiguousPlace as error:
        raise Problem(
            422,
            "ambiguous-place",
            "Several places have that name.",
            f"There are {len(error.candidates)} places called {near!r}.",
            candidates=error.candidates,
        ) from None
    status = STATE_LAW.status(place.state)
    wanted = [profession] if profession else list(Profession)
    if profession is None and status is Status.NOT_ALLOWED:
        wanted.remove(Profession.PHYSICAL_THERAPIST)
    found = DIRECTORY.near(place, radius_miles, limit, wanted)
    return SearchOut(
        place=PlaceOut(
            label=place.label,
            state=place.state,
            latitude=place.latitude,
            longitude=place.longitude,
        ),
        radius_miles=radius_miles,
        providers=[_provider_out(f) for f in found],
        origin=SAMPLE_ORIGIN,
        state_law=StateLawOut(
            state=place.state,
            status=status,
            as_of=STATE_LAW.as_of.isoformat(),
            text=STATE_LAW.text(place.state),
        ),
    )


def _provider_out(found: Found) -> ProviderOut:
    provider = found.provider
    return ProviderOut(
        id=provider.id,
        name=provider.name,
        profession=Profession(provider.profession).title,
        address=f"{provider.address}, {provider.city}, {provider.state} {provider.postal_code}",
        phone=provider.phone,
        distance_miles=round(found.distance_miles, 1),
        is_sample=True,
    )
