"""Conversations are kept, and forgotten for good when the person wants that."""

import asyncio
from pathlib import Path

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from channels.conversation_store import MOST_EVENTS, ConversationStore, recent_part

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


def on_disk(folder: Path) -> bytes:
    """The database with all that SQLite keeps beside it."""
    return b"".join(file.read_bytes() for file in folder.iterdir())


def test_an_erased_conversation_is_gone_from_the_disk(tmp_path: Path) -> None:
    store = store_in(tmp_path / "db")
    asyncio.run(say(store, "one", PRIVATE))
    asyncio.run(say(store, "other", "hello"))
    assert PRIVATE.encode() in on_disk(tmp_path)
    asyncio.run(say(store, "one", "yes, erase it", erase=True))
    assert asyncio.run(store.retrieve("one")) is None
    assert PRIVATE.encode() not in on_disk(tmp_path)
    assert b"erase it" not in on_disk(tmp_path)
    assert b"hello" in on_disk(tmp_path)


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


async def talk(store: ConversationStore, turns: int) -> DialogueStateTracker:
    for turn in range(turns):
        tracker = await store.get_or_create_tracker("one")
        for said in (ActionExecuted("action_listen"), UserUttered(f"turn {turn}")):
            tracker.update(said)
        tracker.update(BotUttered("..."))
        await store.save(tracker)
    kept = await store.retrieve("one")
    assert kept is not None
    return kept


def texts(tracker: DialogueStateTracker) -> list[str]:
    return [str(e.text) for e in tracker.events if isinstance(e, UserUttered)]


def test_of_a_long_conversation_a_turn_sees_the_end_and_the_file_keeps_all(tmp_path: Path) -> None:
    seen = asyncio.run(talk(store_in(tmp_path / "db"), turns=120))
    assert len(seen.events) <= MOST_EVENTS
    assert texts(seen)[-1] == "turn 119"
    whole = asyncio.run(store_in(tmp_path / "db").retrieve_full_tracker("one"))
    assert whole is not None
    assert texts(whole) == [f"turn {i}" for i in range(120)], "all of it, in order, once"


def test_a_turn_that_failed_leaves_no_trace(tmp_path: Path) -> None:
    store = store_in(tmp_path / "db")
    asyncio.run(talk(store, turns=2))
    half_done = asyncio.run(store.retrieve("one"))
    assert half_done is not None
    half_done.update(UserUttered("never saved"))
    again = asyncio.run(store.retrieve("one"))
    assert again is not None
    assert texts(again) == ["turn 0", "turn 1"]


def test_a_conversation_is_written_once_somebody_has_spoken(tmp_path: Path) -> None:
    store = store_in(tmp_path / "db")
    tracker = asyncio.run(store.get_or_create_tracker("one"))
    assert list(asyncio.run(store.keys())) == []
    tracker.update(UserUttered("hello"))
    asyncio.run(store.save(tracker))
    kept = asyncio.run(store_in(tmp_path / "db").retrieve("one"))
    assert kept is not None
    assert kept.events == tracker.events, "with its beginning"


def test_the_recent_part_stands_where_the_whole_stood() -> None:
    slots = DOMAIN.slots
    events = [
        SlotSet("erase_conversation", True),
        ActiveLoop("screening_form"),
        *[e for i in range(9) for e in (ActionExecuted("action_listen"), UserUttered(str(i)))],
    ]
    whole = DialogueStateTracker.from_events("one", events, slots)
    recent = recent_part(whole, most_events=10)
    assert len(recent.events) <= 10
    assert texts(recent) == texts(whole)[-len(texts(recent)) :]
    assert recent.get_slot("erase_conversation") is True
    assert recent.active_loop_name == "screening_form"
    assert recent.latest_message == whole.latest_message
    assert texts(recent_part(whole, most_events=100)) == texts(whole)


def test_an_old_session_is_left_behind() -> None:
    session = [ActionExecuted("action_session_start"), SessionStarted()]
    events = [*session, UserUttered("yesterday"), *session, UserUttered("today")]
    recent = recent_part(DialogueStateTracker.from_events("one", events, DOMAIN.slots))
    assert texts(recent) == ["today"]
