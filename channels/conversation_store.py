"""Where conversations are kept, and where they are erased."""

from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import event


class ConversationStore(SQLTrackerStore):
    """Rasa's SQL tracker store, which also forgets.

    When a turn ends with the slot `erase_conversation` set, every event of that conversation is
    deleted instead of saved, the last turn included. SQLite overwrites what it deletes.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _overwrite_deleted_rows)

    async def save(self, tracker: DialogueStateTracker) -> None:
        if not tracker.get_slot("erase_conversation"):
            await super().save(tracker)
            return
        with self.session_scope() as session:
            session.query(self.SQLEvent).filter_by(sender_id=tracker.sender_id).delete()
            session.commit()


def _overwrite_deleted_rows(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA secure_delete = ON")
