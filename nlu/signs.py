"""The first of two detectors: danger signs by reviewed rules. No Rasa in here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nlu.dangers import URGENCIES
from nlu.mentions import Mentions
from nlu.phrases import PhraseFinder

NEEDLING = "needling"
# "I want to die, as always" is no less a crisis.
NOT_A_REASON_TO_REST = {"crisis": frozenset({"usual"})}


class SignError(ValueError):
    """A rule cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Sign:
    """A danger sign that a text speaks of.

    Attributes:
        name: its name in data/red_flags.yml.
        urgency: soon, today, emergency or crisis.
        after_needling: it is one that follows needling.
        marks: why it is not there now, such as negated or past; empty: it is there now.
    """

    name: str
    urgency: str
    after_needling: bool
    marks: frozenset[str]


class SignFinder:
    """Finds danger signs in texts.

    Args:
        red_flags: what data/red_flags.yml holds.
        mentions: tells how a phrase is meant.

    Raises:
        SignError: a sign lacks phrases, has an unknown urgency, or needs an unknown list.
        PhraseError: a phrase cannot be read.
    """

    def __init__(self, red_flags: Mapping[str, Any], mentions: Mentions) -> None:
        lists, self._rules = red_flags["lists"], red_flags["signs"]
        for name, rule in self._rules.items():
            if not rule.get("phrases") or rule.get("urgency") not in URGENCIES:
                raise SignError(f"{name} needs phrases, and an urgency out of {URGENCIES}.")
            if rule.get("needs", NEEDLING) not in lists:
                raise SignError(f"{name} needs an unknown list: {rule['needs']}.")
        self._phrases = PhraseFinder({n: r["phrases"] for n, r in self._rules.items()}, lists)
        needed = {NEEDLING, *(r["needs"] for r in self._rules.values() if "needs" in r)}
        self._subjects = PhraseFinder({name: [f"{{{name}}}"] for name in needed}, lists)
        self._mentions = mentions

    def find(self, text: str) -> list[Sign]:
        """Return the signs in the order of the text."""
        found = self._phrases.find(text)
        subjects = self.subjects(text) if found else frozenset()
        found = [f for f in found if self._rules[f.name].get("needs") in subjects | {None}]
        return [
            self._sign(phrase.name, marks)
            for phrase, marks in zip(found, self._mentions.marks(text, found), strict=True)
        ]

    def subjects(self, text: str) -> frozenset[str]:
        """Of the lists that rules need, those of which the text has a word."""
        return frozenset(found.name for found in self._subjects.find(text))

    def _sign(self, name: str, marks: frozenset[str]) -> Sign:
        rule = self._rules[name]
        urgency = rule["urgency"]
        return Sign(
            name,
            urgency,
            bool(rule.get("after_needling")),
            marks - NOT_A_REASON_TO_REST.get(urgency, frozenset()),
        )


def there_now(signs: Sequence[Sign]) -> list[Sign]:
    """The signs that nothing marks as absent."""
    return [sign for sign in signs if not sign.marks]
