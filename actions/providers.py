"""Finding somebody nearby: ask for a place, search, show what was found."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import NOT_UNDERSTOOD_INTENTS, SAFETY_INTENTS
from actions.reading import normalized
from actions.services import (
    AmbiguousPlace,
    PlaceNotFound,
    PlaceTooLarge,
    Services,
    ServiceUnavailable,
)

# How a search stands. After the first three the form asks again, after the others it ends.
AMBIGUOUS = "ambiguous"
TOO_LARGE = "too_large"
UNKNOWN = "unknown"
FOUND = "found"
UNAVAILABLE = "unavailable"
GIVEN_UP = "given_up"

ENOUGH_UNKNOWN_PLACES = 3
MOST_BUTTONS = 6
LONGEST_PLACE = 5
LEADING_WORDS = re.compile(
    r"^((ok|okay|right|well|um|so|oh|yes|sure|please|it'?s|its|that'?s|i'?m|i am|i live|we live|"
    r"she lives|he lives|live|living|in|near|around|at|from|by|close to|my|the|zip|zip ?code|code|"
    r"is|city|of|town|here|over|to|try|make it|for)\b[\s,.:]*)+",
    re.IGNORECASE,
)

STATES: dict[str, str] = yaml.safe_load(
    (Path(__file__).resolve().parent.parent / "data" / "entities.yml").read_text()
)["states"]

Event = dict[str, Any]


class ValidateProviderForm(Action):
    """Turns a message into a place and searches there.

    The slot `place` stays empty until a search has ended: with a result, because the service is
    down, or because the place could not be made out. As in the screening form, no slot at all
    means that the message was about something else; a wish to search without a place is not.
    """

    def __init__(self) -> None:
        self._services = Services.from_environment()

    def name(self) -> str:
        return "validate_provider_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Event]:
        place = place_in(tracker)
        if place is None:
            asks_again = tracker.latest_message["intent"].get("name") == "find_provider"
            return [SlotSet("place", None)] if asks_again else []
        try:
            search = await asyncio.to_thread(self._services.providers_near, place)
        except ServiceUnavailable:
            return _ended(place, UNAVAILABLE)
        except AmbiguousPlace as ambiguous:
            return _ask_again(place, AMBIGUOUS, candidates=ambiguous.candidates)
        except PlaceTooLarge:
            return _ask_again(place, TOO_LARGE)
        except PlaceNotFound:
            count = tracker.get_slot("form_misunderstandings") + 1
            if count >= ENOUGH_UNKNOWN_PLACES:
                return _ended(place, GIVEN_UP)
            return [*_ask_again(place, UNKNOWN), SlotSet("form_misunderstandings", count)]
        return _ended(place, FOUND, **asdict(search))


class ActionAskPlace(Action):
    """Asks for a place, in the words that fit what was understood so far."""

    def name(self) -> str:
        return "action_ask_place"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Event]:
        search = tracker.get_slot("provider_search") or {}
        status, place = search.get("status"), search.get("place")
        if status == AMBIGUOUS:
            buttons = [
                {"title": candidate, "payload": candidate}
                for candidate in search["candidates"][:MOST_BUTTONS]
            ]
            dispatcher.utter_message(response="utter_place_ambiguous", place=place, buttons=buttons)
        elif status in (TOO_LARGE, UNKNOWN):
            dispatcher.utter_message(response=f"utter_place_{status}", place=place)
        else:
            dispatcher.utter_message(response="utter_ask_place")
        return []


class ActionProviderResult(Action):
    """Shows what was found, with its origin and the law of the state."""

    def name(self) -> str:
        return "action_provider_result"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Event]:
        search = tracker.get_slot("provider_search") or {"status": UNAVAILABLE}
        if search["status"] == UNAVAILABLE:
            dispatcher.utter_message(response="utter_providers_unavailable")
        elif search["status"] == GIVEN_UP:
            dispatcher.utter_message(response="utter_place_given_up")
        else:
            dispatcher.utter_message(
                response="utter_providers_found" if search["providers"] else "utter_providers_none",
                place=search["place"],
                radius=search["radius_miles"],
                listing="\n".join(listing_of(p) for p in search["providers"]),
                origin=search["origin"],
                law=search["state_law"],
            )
        return [SlotSet("place", None)]


def listing_of(provider: dict[str, Any]) -> str:
    """One line about a provider, for reading."""
    miles = round(provider["distance_miles"])
    parts = [
        provider["name"],
        provider["profession"],
        "under 1 mile" if miles < 1 else "about 1 mile" if miles == 1 else f"about {miles} miles",
        provider["address"],
        provider["phone"],
    ]
    return "- " + ", ".join(part for part in parts if part)


def place_in(tracker: Tracker) -> str | None:
    """The place that a message names, or None if it is about something else.

    A place that the language pipeline found counts at any time. When the form has just asked for
    one, a short message that is not understood as anything else is taken for a place as well.
    """
    message = tracker.latest_message
    intent = message["intent"].get("name")
    if intent in SAFETY_INTENTS:
        return None
    entities = [e["value"] for e in message.get("entities", []) if e["entity"] == "place"]
    if entities:
        return str(entities[-1])
    if tracker.get_slot("requested_slot") != "place":
        return None
    text = message.get("text") or ""
    candidates = (tracker.get_slot("provider_search") or {}).get("candidates") or []
    return candidate_in(text, candidates) or bare_place(text, intent)


def candidate_in(text: str, candidates: Sequence[str]) -> str | None:
    """The one of several cities of the same name whose state a reply names ("the one in Maine")."""
    said = f" {normalized(text)} "
    named = [
        candidate
        for candidate in candidates
        if f" {STATES[candidate[-2:]].lower()} " in said or f" {candidate[-2:]} " in f" {text} "
    ]
    return named[0] if len(named) == 1 else None


def bare_place(text: str, intent: str | None) -> str | None:
    """Read a reply such as "Right, Portland" or "my zip is 1234" as a place."""
    said = text.strip(" .,!\n")
    reply = LEADING_WORDS.sub("", said)
    is_short = 0 < len(reply.split()) <= LONGEST_PLACE and not text.strip().endswith("?")
    understood_otherwise = intent not in NOT_UNDERSTOOD_INTENTS | {"find_provider", None}
    if any(letter.isdigit() for letter in reply) and is_short:
        return reply
    return reply if is_short and not understood_otherwise else None


def _ask_again(asked_for: str, status: str, **details: Any) -> list[Event]:
    search = {"status": status, "place": asked_for, **details}
    return [SlotSet("provider_search", search), SlotSet("place", None)]


def _ended(asked_for: str, status: str, **details: Any) -> list[Event]:
    return [
        SlotSet("provider_search", {"status": status, **details}),
        SlotSet("form_misunderstandings", 0),
        SlotSet("place", asked_for),
    ]
