"""Nothing is written that nobody says, and nothing is said that nobody wrote."""

import re

import yaml

from tests.content.conftest import DATA, RESPONSES, SOURCES

PROJECT = DATA.parent
NAME = re.compile(r"utter_[a-z_]+")
# Said by Rasa itself, by the name it gives them.
SAID_BY_RASA = {"utter_default", "utter_faq"}
# Prefixes that code completes, and names of Rasa's own.
NOT_RESPONSES = {"utter_screening_", "utter_place_", "utter_faq", "utter_action", "utter_message"}


def names_in(pattern: str) -> set[str]:
    return {n for file in PROJECT.glob(pattern) for n in NAME.findall(file.read_text())}


def names_in_code() -> set[str]:
    folders = ("actions", "channels", "nlu")
    return {name for folder in folders for name in names_in(f"{folder}/*.py")}


def test_every_response_is_said_somewhere() -> None:
    said = names_in("data/rules.yml") | names_in("data/stories.yml")
    said |= names_in_code() | SAID_BY_RASA
    offers = (e.get("metadata") or {} for entries in RESPONSES.values() for e in entries)
    said |= {v for m in offers for k, v in m.items() if k in ("if_yes", "if_no")}
    by_pattern = {
        name
        for name in RESPONSES
        if name.startswith(("utter_faq/", "utter_place_", "utter_screening_"))
    }
    assert set(RESPONSES) - said - by_pattern == set()


def test_every_response_that_is_said_exists() -> None:
    said = names_in("data/rules.yml") | names_in("data/stories.yml")
    said |= names_in_code()
    assert said - set(RESPONSES) - NOT_RESPONSES == set()


def test_offers_lead_to_a_topic_or_a_response() -> None:
    topics = {
        t for topics in yaml.safe_load((DATA / "topics.yml").read_text()).values() for t in topics
    }
    for entries in RESPONSES.values():
        for entry in entries:
            metadata = entry.get("metadata") or {}
            for key in ("if_yes", "if_no"):
                target = metadata.get(key)
                assert target in {None, "erase_conversation", "make_card", *topics, *RESPONSES}


def test_the_topic_of_every_response_is_known() -> None:
    topics = {
        t for topics in yaml.safe_load((DATA / "topics.yml").read_text()).values() for t in topics
    }
    for name, entries in RESPONSES.items():
        for entry in entries:
            topic = (entry.get("metadata") or {}).get("topic")
            topic = topic or name.removeprefix("utter_").rpartition("/")[2]
            assert topic in topics | {"check_danger", "check_crisis", "alarm_over"}, name


def test_every_source_is_used_and_described() -> None:
    used = {
        source
        for entries in RESPONSES.values()
        for entry in entries
        for source in (entry.get("metadata") or {}).get("sources") or []
    }
    for file in PROJECT.glob("services/screening/instruments/*/*.yml"):
        content = yaml.safe_load(file.read_text())
        for item in content.get("questions") or content.get("rules"):
            used |= set(item["sources"])
    law = yaml.safe_load((PROJECT / "services" / "providers" / "state_law.yml").read_text())
    used |= {source for state in law["states"].values() for source in state["sources"]}
    assert used == set(SOURCES)
    for source in SOURCES.values():
        assert {"cite", "read"} <= set(source) <= {"cite", "read", "link"}
        assert source.get("link", "https://").startswith("https://")
