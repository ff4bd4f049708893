"""Conversations are kept, and forgotten for good when the person wants that."""

import asyncio
from pathlib import Path

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered

from channels.conversation_store import ConversationStore

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
slots:
  erase_conversation:
    type: bool
    initial_value: false
    influence_conversation: false
    mappings: [{type: custom}]
"""
)
PRIVATE = "I take warfarin"


def store_in(file: Path) -> ConversationStore:
    return ConversationStore(domain=DOMAIN, dialect="sqlite", db=str(file))


async def say(store: ConversationStore, sender: str, text: str, erase: bool = False) -> None:
    tracker = await store.get_or_create_tracker(sender)
    tracker.update(UserUttered(text))
    if erase:
        tracker.update(SlotSet("erase_conversation", True))
    await store.save(tracker)


def test_what_was_said_survives_a_restart(tmp_path: Path) -> None:
    asyncio.run(say(store_in(tmp_path / "db"), "one", PRIVATE))
    tracker = asyncio.run(store_in(tmp_path / "db").retrieve("one"))
    assert tracker is not None
    assert tracker.latest_message.text == PRIVATE


def test_an_erased_conversation_is_gone_from_the_file(tmp_path: Path) -> None:
    file = tmp_path / "db"
    store = store_in(file)
    asyncio.run(say(store, "one", PRIVATE))
    asyncio.run(say(store, "other", "hello"))
    assert PRIVATE.encode() in file.read_bytes()
    asyncio.run(say(store, "one", "yes, erase it", erase=True))
    assert asyncio.run(store.retrieve("one")) is None
    assert PRIVATE.encode() not in file.read_bytes()
    assert b"erase it" not in file.read_bytes()


def test_nobody_elses_conversation_is_touched(tmp_path: Path) -> None:
    store = store_in(tmp_path / "db")
    asyncio.run(say(store, "other", "hello"))
    asyncio.run(say(store, "one", "erase", erase=True))
    assert list(asyncio.run(store.keys())) == ["other"]


def test_one_can_start_again_afterwards(tmp_path: Path) -> None:
    store = store_in(tmp_path / "db")
    asyncio.run(say(store, "one", "erase", erase=True))
    asyncio.run(say(store, "one", "hello again"))
    tracker = asyncio.run(store.retrieve("one"))
    assert tracker is not None
    assert tracker.get_slot("erase_conversation") is False
