"""Each rule of data/red_flags.yml finds its own examples, and leaves the harmless ones alone."""

from typing import Any

import pytest
import spacy
import yaml

from nlu.mentions import Mentions
from nlu.signs import SignError, SignFinder, there_now
from tests.content.conftest import DATA

RED_FLAGS: dict[str, Any] = yaml.safe_load((DATA / "red_flags.yml").read_text())
CUES: dict[str, Any] = yaml.safe_load((DATA / "mention_cues.yml").read_text())
SOURCES = yaml.safe_load((DATA / "sources.yml").read_text())["sources"]
SIGNS = RED_FLAGS["signs"]


def finder(red_flags: dict[str, Any] = RED_FLAGS) -> SignFinder:
    language = spacy.blank("en")
    language.add_pipe("sentencizer")
    return SignFinder(red_flags, Mentions(language, **CUES))


# The red-flag table has these from memory; nobody has found a source for them yet.
FROM_MEMORY = {"allergy", "needle_left", "needle_stick", "on_blood_thinner", "carbon_monoxide"}

FINDER = finder()


def test_every_list_is_used() -> None:
    said = " ".join(p for rule in SIGNS.values() for p in rule["phrases"])
    needed = {rule["needs"] for rule in SIGNS.values() if "needs" in rule}
    unused = [n for n in RED_FLAGS["lists"] if f"{{{n}}}" not in said and n not in needed]
    assert unused == []


def examples(key: str) -> list[tuple[str, str]]:
    return [(name, text) for name, rule in SIGNS.items() for text in rule[key]]


def names_there(text: str) -> set[str]:
    return {sign.name for sign in there_now(FINDER.find(text))}


@pytest.mark.parametrize(("name", "text"), examples("fires"))
def test_it_is_found(name: str, text: str) -> None:
    assert name in names_there(text)


@pytest.mark.parametrize(("name", "text"), examples("quiet"))
def test_it_is_not_there(name: str, text: str) -> None:
    assert name not in names_there(text)


@pytest.mark.parametrize("name", SIGNS)
def test_every_rule_has_a_source_or_says_that_it_has_none_and_its_own_examples(name: str) -> None:
    rule = SIGNS[name]
    assert rule["fires"]
    assert rule["quiet"]
    assert set(rule["source"]) <= set(SOURCES)
    assert bool(rule["source"]) != (name in FROM_MEMORY)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("no chest pain at all", "negated"),
        ("chest pain: none", "negated"),
        ("about your question: no thoughts of harming myself", "negated"),
        ("I had a seizure as a toddler", "past"),
        ("in 2009 my face was drooping for a week", "past"),
        ("what does double vision mean?", "general"),
        ("people with seizures, can they have it?", "general"),
        ("the leaflet says to call about chest pain", "quoted"),
        ("my usual blind spot in the left eye, vision gone for ten minutes", "usual"),
        ("I'm dying to know, it kills me", ""),
    ],
)
def test_why_a_mention_is_not_there(text: str, mark: str) -> None:
    signs = FINDER.find(text)
    assert not there_now(signs)
    assert not mark or mark in {m for sign in signs for m in sign.marks}


@pytest.mark.parametrize(
    "text",
    [
        "no fever, but my left arm is numb",
        "not the usual aura, now I can't see on one side",
        "I can't lift my arm",
        "never mind the price, her face is drooping",
        "I want to die, as always",
    ],
)
def test_cues_that_do_not_reach(text: str) -> None:
    assert names_there(text)


def test_a_sign_after_needling_is_told_apart() -> None:
    signs = there_now(FINDER.find("since the needling it hurts to breathe"))
    assert all(sign.after_needling for sign in signs)
    assert {sign.urgency for sign in signs} == {"emergency"}


@pytest.mark.parametrize(
    "rule",
    [
        {"phrases": [], "urgency": "today"},
        {"phrases": ["x"], "urgency": "yesterday"},
        {"phrases": ["x"], "urgency": "today", "needs": "unknown"},
    ],
)
def test_a_rule_that_cannot_be_used_is_named(rule: dict[str, Any]) -> None:
    lists = {"needling": ["needle"]}
    with pytest.raises(SignError, match="odd"):
        finder({"lists": lists, "signs": {"odd": rule}})
