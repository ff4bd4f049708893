"""The state after a danger: what is it, what was asked about it, what ends it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.mentions import Mentions
from nlu.phrases import PhraseFinder

# The slot, and the entity that fills it; and its value when an alarm has ended.
ALARM, OVER = "alarm", "over"
# A property of a message about which the assistant asks: parse data of the question in it.
PUT_OFF = "put_off"
LATCHING = frozenset({"emergency", "crisis"})
CHECK, CHECK_CRISIS = "check_danger", "check_crisis"
CHECKS = {f"utter_{check}": check for check in (CHECK, CHECK_CRISIS)}
# The buttons under these are for the safety net itself.
ABOUT_AN_ALARM = frozenset({*CHECKS, "utter_still_alarmed"})


class AlarmWords:
    """Understands what ends an alarm, and what says that it is real.

    Args:
        words: what data/alarm_words.yml holds.
        mentions: tells how a phrase is meant.
    """

    def __init__(self, words: Mapping[str, Sequence[str]], mentions: Mentions) -> None:
        self._phrases = PhraseFinder(words, {})
        self._mentions = mentions

    def end_it(self, text: str, alarm: str, danger_again: bool) -> bool:
        """Does a message end an alarm (emergency or crisis)? A question never does.

        Help that is there ends it even if the danger is told once more.
        """
        said = self._said(text)
        if "being_helped" in said:
            return True
        return not danger_again and bool(
            said & ({"no_danger", "safe"} if alarm == "crisis" else {"no_danger"})
        )

    def says_it_is_now(self, text: str) -> bool:
        """Does an answer to "is this happening now?" mean yes?"""
        return "happening_now" in self._said(text)

    def says_it_is_not(self, text: str) -> bool:
        """Does it mean no?"""
        return bool(self._said(text) & {"no_danger", "safe"})

    def _said(self, text: str) -> frozenset[str]:
        if text.rstrip().endswith("?"):
            return frozenset()
        found = self._phrases.find(text)
        marks = self._mentions.marks(text, found)
        return frozenset(
            f.name for f, mark in zip(found, marks, strict=True) if "negated" not in mark
        )


def alarm_of(tracker: DialogueStateTracker | None) -> str | None:
    """The alarm that is on, emergency or crisis, or None."""
    alarm = tracker.get_slot(ALARM) if tracker and ALARM in tracker.slots else None
    return str(alarm) if alarm in LATCHING else None


def asked_about(tracker: DialogueStateTracker | None) -> str | None:
    """`CHECK` or `CHECK_CRISIS` if the assistant's last turn asked about a danger, else None."""
    asked = (CHECKS.get(event.metadata.get("utter_action")) for event in _said_last(tracker))
    return next(filter(None, asked), None)


def put_off_by_asking(tracker: DialogueStateTracker | None) -> dict[str, Any] | None:
    """What the message would have been answered with that made the assistant ask (`PUT_OFF`)."""
    said = (e for e in reversed(tracker.events if tracker else ()) if isinstance(e, UserUttered))
    return next((dict(event.parse_data).get(PUT_OFF) for event in said), None)


def choices_just_shown(tracker: DialogueStateTracker | None) -> frozenset[str]:
    """The payloads of the buttons under what the assistant said last."""
    return frozenset(
        button["payload"]
        for event in _said_last(tracker)
        if event.metadata.get("utter_action") not in ABOUT_AN_ALARM
        for button in event.data.get("buttons") or []
    )


def _said_last(tracker: DialogueStateTracker | None) -> list[BotUttered]:
    said: list[BotUttered] = []
    for event in reversed(tracker.events if tracker else ()):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, BotUttered):
            said.append(event)
    return said
