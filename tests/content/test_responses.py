"""The words: readable, sourced, not overdue, and free of what must never be said."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import textstat

from tests.content.conftest import RESPONSES, SOURCES, TOPICS, style

LONGEST_SHORT_ANSWER = 90
HARDEST_GRADE = 8.0
HARDEST_SIMPLE_GRADE = 5.9
CHECKED_WITHIN = timedelta(days=365)
URGENCIES = {None, "emergency", "today", "soon", "crisis"}

FORBIDDEN = {
    "a needle depth that the article's lost dashes invented": r"\b12\s?cm\b",
    "reassurance about a headache": r"resetting|probably (just )?a migraine|nothing to worry",
    "a personal verdict": r"safe for (you|most|every)|you are (suitable|a good candidate|cleared)",
    "a diagnosis": r"\byou (probably |likely )?have (a |an )?(migraine|tumou?r|stroke|bleed)\b",
    "a success rate": r"\d\s?%|\bpercent\b|success rate",
    "a dose": r"\b\d+\s?(mg|milligrams?|ml|tablets?|pills?)\b",
    "a promise": r"guarantee|risk[- ]free|painless|miracle|proven to (work|help)|cures\b",
    "an instruction to change a medicine": r"(?<!not )(?<!never )\b(stop|skip|pause|taper|double) "
    r"(taking )?(your )?(medicine|tablets|pills|blood thinner|triptan)",
    "the wrong place to turn to in an emergency": r"contact your therapist",
    "a fixed amount of water": r"\b2 ?l(iters?|itres?)?\b (a|per) day",
    "an unrelated disease": r"\brett\b",
}

# What an answer has to name, whatever else it says.
MUST_SAY = {
    "serious_risks": ["lung", "infection", "nerve", "spine", "brain", "911"],
    "side_effects": ["911", "three days"],
    "aftercare": ["911", "Trouble breathing", "drive"],
    "is_it_safe": ["rare", "lung", "infection", "nerve", "spine", "brain"],
    "pregnancy": ["obstetric", "year after birth", "911"],
    "blood_thinners": ["Never stop", "prescribes", "911"],
    "reducing_medication": ["do not stop", "prescriber", "10", "15"],
    "needle_details": ["single-use", "never needle yourself"],
    "practitioner_credentials": ["January 2026", "confirm", "COMT"],
    "insurance": ["Medicare", "does not pay"],
    "neck_migraine_link": ["does not cause", "911"],
    "who_benefits": ["Nobody can say", "15", "911"],
    "children_and_teens": ["Under 12", "parent", "adults"],
    "four_week_plan": ["example", "week 0", "stop"],
    "acute_relief": ["911", "does not stop an attack"],
    "patient_stories": ["not proof"],
    "does_it_work": ["nobody can promise"],
    "research_evidence": ["could not be found"],
    "neck_stretches": ["911", "dizzy"],
    "medication_combination": ["go on taking what is prescribed"],
}


def variations() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, entries in RESPONSES.items():
        for entry in entries:
            yield f"{name} ({style(entry)})", entry


ALL = list(variations())
ANSWERS = [(name, entry) for name, entry in ALL if name.startswith("utter_faq/")]


@pytest.mark.parametrize("topic", TOPICS["faq"])
def test_an_answer_has_three_wordings(topic: str) -> None:
    styles = [style(entry) for entry in RESPONSES[f"utter_faq/{topic}"]]
    assert styles == ["short", "simple", "more"]


@pytest.mark.parametrize(("name", "entry"), ANSWERS)
def test_a_short_answer_is_short(name: str, entry: dict[str, Any]) -> None:
    if style(entry) == "short":
        assert len(entry["text"].split()) <= LONGEST_SHORT_ANSWER


@pytest.mark.parametrize(("name", "entry"), ALL)
def test_the_words_are_easy_to_read(name: str, entry: dict[str, Any]) -> None:
    hardest = HARDEST_SIMPLE_GRADE if style(entry) == "simple" else HARDEST_GRADE
    assert textstat.flesch_kincaid_grade(entry["text"]) <= hardest


@pytest.mark.parametrize(("name", "entry"), ANSWERS)
def test_an_answer_names_its_sources_date_and_caution(name: str, entry: dict[str, Any]) -> None:
    metadata = entry["metadata"]
    assert metadata["sources"]
    assert metadata["caution"]
    assert isinstance(metadata["reviewed_by"], str)


@pytest.mark.parametrize(("name", "entry"), ALL)
def test_sources_exist_and_checks_are_not_overdue(name: str, entry: dict[str, Any]) -> None:
    metadata = entry.get("metadata") or {}
    assert set(metadata.get("sources") or []) <= set(SOURCES)
    assert metadata.get("urgency") in URGENCIES
    if "checked_on" in metadata:
        assert date.today() - date.fromisoformat(metadata["checked_on"]) <= CHECKED_WITHIN


@pytest.mark.parametrize("what", FORBIDDEN)
def test_what_is_never_said(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what], re.IGNORECASE)
    said = [(name, m[0]) for name, entry in ALL for m in [pattern.search(entry["text"])] if m]
    assert said == []


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("a needle depth that the article's lost dashes invented", "It goes in 12cm."),
        ("reassurance about a headache", "a sign the body is resetting"),
        ("a personal verdict", "It is safe for you."),
        ("a diagnosis", "You probably have a migraine."),
        ("a success rate", "It helps 40% of people."),
        ("a dose", "Take 50 mg of it."),
        ("an instruction to change a medicine", "You can stop taking your pills."),
        ("an instruction to change a medicine", "Pause your blood thinner."),
    ],
)
def test_the_patterns_find_what_they_are_for(what: str, sentence: str) -> None:
    assert re.search(FORBIDDEN[what], sentence, re.IGNORECASE)


@pytest.mark.parametrize("topic", MUST_SAY)
def test_what_an_answer_has_to_name(topic: str) -> None:
    text = RESPONSES[f"utter_faq/{topic}"][0]["text"]
    assert [word for word in MUST_SAY[topic] if word not in text] == []


def test_nobody_is_named_as_a_reviewer_who_has_not_reviewed() -> None:
    """When a clinician has signed off an answer, change `utter_ask_sources` and this test."""
    assert {(entry.get("metadata") or {}).get("reviewed_by") or "" for _, entry in ALL} == {""}
    assert "No clinician has signed them off yet" in RESPONSES["utter_ask_sources"][0]["text"]


@pytest.mark.parametrize(
    "name", ["utter_emergency_symptoms", "utter_post_needling_emergency", "utter_crisis"]
)
def test_an_emergency_reply_comes_alone(name: str) -> None:
    for entry in RESPONSES[name]:
        assert "buttons" not in entry
        sentences = re.findall(r"[.!?](?:\s|$)", entry["text"])
        assert len(sentences) <= 2 or name == "utter_crisis"
        assert "911" in entry["text"]
    assert RESPONSES[name][0]["metadata"]["urgency"] in ("emergency", "crisis")


@pytest.mark.parametrize("name", ["utter_emergency_symptoms", "utter_post_needling_emergency"])
def test_the_first_thing_said_is_the_instruction(name: str) -> None:
    now, today = RESPONSES[name]
    assert "911" in now["text"].partition(".")[0]
    assert "today" in today["text"].partition(":")[0]
    assert today["metadata"]["urgency"] == "today"


def test_while_an_alarm_is_on_the_number_is_in_every_reminder() -> None:
    emergency, crisis = RESPONSES["utter_still_alarmed"]
    assert "911" in emergency["text"]
    assert "988" in crisis["text"]
    assert "911" in RESPONSES["utter_check_danger"][0]["text"]
    assert "988" in RESPONSES["utter_check_crisis"][0]["text"]


def test_after_needling_the_needles_are_to_be_mentioned() -> None:
    assert "dry needling" in RESPONSES["utter_post_needling_emergency"][0]["text"]


def test_a_crisis_names_both_numbers() -> None:
    text = RESPONSES["utter_crisis"][0]["text"]
    assert "988" in text
    assert "911" in text
