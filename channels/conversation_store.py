"""Where conversations are kept, and where they are erased."""

import json
from collections import OrderedDict
from itertools import islice
from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Engine
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import QueuePool

from channels.conversation_tracker import ConversationTracker

MOST_CONVERSATIONS = 500
# Three to eight turns. What is older stays in the database and in the history, not in every turn.
MOST_EVENTS = 48


class ConversationStore(SQLTrackerStore):
    """Rasa's SQL tracker store, which is quick in long conversations and can forget.

    Rasa reads a whole conversation anew from the database with every message, works through all of
    it for every prediction and sends all of it to the action server. Here the conversations of late
    stay in memory, cut to their recent part; the database still gets every event, and is read again
    after a restart or a failed turn.

    When a turn ends with the slot `erase_conversation` set, every event of that conversation is
    deleted instead of saved, the last turn included. SQLite overwrites what it deletes, and its
    write-ahead log is emptied.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._recent: OrderedDict[str, ConversationTracker] = OrderedDict()
        self._saved_events: dict[str, int] = {}
        if self.engine.dialect.name == "sqlite":
            self._open_sqlite_once()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Hand out a conversation; until it is saved again, memory holds no copy of it.

        So what a failed turn did to a tracker is never seen by the next one.
        """
        tracker = self._recent.pop(sender_id, None) or await super().retrieve(sender_id)
        self._saved_events[sender_id] = len(tracker.events) if tracker else 0
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write what is new; a conversation in which nobody has spoken yet can wait."""
        sender_id = tracker.sender_id
        if tracker.get_slot("erase_conversation"):
            self._erase(sender_id)
            return
        if not any(isinstance(e, UserUttered) for e in tracker.events):
            return
        await self.stream_events(tracker)
        self._insert(tracker)
        self._recent[sender_id] = recent_part(tracker)
        if len(self._recent) > MOST_CONVERSATIONS:
            self._recent.popitem(last=False)

    def _open_sqlite_once(self) -> None:
        """Keep connections open, and append what is written to a log: one flush to disk a turn."""
        self.engine: Engine = create_engine(
            self.engine.url, poolclass=QueuePool, connect_args={"check_same_thread": False}
        )
        event.listen(self.engine, "connect", _prepare_sqlite)
        self.sessionmaker = sessionmaker(bind=self.engine)

    def _insert(self, tracker: DialogueStateTracker) -> None:
        """Write the events of a turn with one statement."""
        saved = self._saved_events.pop(tracker.sender_id, None)
        if saved is None:
            with self.session_scope() as session:
                new = list(self._additional_events(session, tracker))
        else:
            new = list(islice(tracker.events, saved, None))
        if new:
            rows = [_row(tracker.sender_id, said) for said in new]
            with self.engine.begin() as connection:
                connection.execute(self.SQLEvent.__table__.insert(), rows)

    def _erase(self, sender_id: str) -> None:
        self._recent.pop(sender_id, None)
        self._saved_events.pop(sender_id, None)
        with self.session_scope() as session:
            session.query(self.SQLEvent).filter_by(sender_id=sender_id).delete()
            session.commit()
            if self.engine.dialect.name == "sqlite":
                session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def recent_part(
    tracker: DialogueStateTracker, most_events: int = MOST_EVENTS
) -> ConversationTracker:
    """The last session of a tracker, if that is long its last turns, with slots and active form."""
    events = list(tracker.events)
    sessions = [i for i, e in enumerate(events) if isinstance(e, SessionStarted)]
    # The event before says that the action ran which starts a session.
    first = max(sessions[-1] - 1, 0) if sessions else 0
    if len(events) - first > most_events:
        turns = [i for i, e in enumerate(events) if isinstance(e, UserUttered)]
        first = next((i for i in turns if i >= len(events) - most_events // 2), turns[-1])
    if first == 0 and isinstance(tracker, ConversationTracker):
        return tracker
    before = _state_before(tracker, events[first:]) if first else []
    recent: ConversationTracker = ConversationTracker.from_events(
        tracker.sender_id, [*before, *events[first:]], tracker.slots.values()
    )
    return recent


def _state_before(tracker: DialogueStateTracker, kept: list[Event]) -> list[Event]:
    """Events that lead to where a tracker stands, if `kept` follows."""
    if isinstance(kept[0], ActionExecuted):
        return []
    slots = [s for s in tracker.slots.values() if s.value != s.initial_value]
    before: list[Event] = [SlotSet(slot.name, slot.value) for slot in slots]
    if tracker.active_loop and not any(isinstance(e, ActiveLoop) for e in kept):
        before.append(ActiveLoop(tracker.active_loop.name))
    return [*before, ActionExecuted("action_listen")]


def _row(sender_id: str, said: Event) -> dict[str, Any]:
    """What Rasa's table keeps of an event."""
    data = said.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": said.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


def _prepare_sqlite(connection: Any, _: Any) -> None:
    for pragma in ("secure_delete = ON", "journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
