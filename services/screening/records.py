"""Answers that a person wants to keep, for a while: a table, in SQLite or PostgreSQL."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Engine,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    event,
    insert,
    select,
)
from sqlalchemy.exc import IntegrityError

KEPT = timedelta(days=30)

metadata = MetaData()
records = Table(
    "screening_records",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("questionnaire", String(40), nullable=False),
    Column("version", String(20), nullable=False),
    Column("answers", JSON, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False, index=True),
    Column("idempotency_key", String(100), unique=True),
    Column("content_hash", String(64), nullable=False),
)


class KeyUsedOtherwise(Exception):
    """The idempotency key was used before, with other content."""


@dataclass(frozen=True)
class Record:
    """Kept answers. Who knows the id (128 random bits) can read and delete them."""

    id: str
    questionnaire: str
    version: str
    answers: dict[str, Any]
    created_at: datetime
    expires_at: datetime


class Records:
    """Keeps answers for `KEPT`; what is older is deleted at the next write and never shown.

    Args:
        url: of the database, as SQLAlchemy reads it, such as "sqlite:///screening.db".
    """

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        metadata.create_all(self._engine)

    def add(
        self,
        questionnaire: str,
        version: str,
        answers: Mapping[str, Any],
        idempotency_key: str | None = None,
        now: datetime | None = None,
    ) -> Record:
        """Keep answers. The same key with the same content gives the record of the first time.

        Raises:
            KeyUsedOtherwise: see there.
        """
        now = now or datetime.now(UTC)
        content = json.dumps([questionnaire, version, answers], sort_keys=True)
        values: dict[str, Any] = {
            "id": secrets.token_urlsafe(16),
            "questionnaire": questionnaire,
            "version": version,
            "answers": dict(answers),
            "created_at": now,
            "expires_at": now + KEPT,
            "idempotency_key": idempotency_key,
            "content_hash": hashlib.sha256(content.encode()).hexdigest(),
        }
        with self._engine.begin() as connection:
            expired = connection.execute(delete(records).where(records.c.expires_at <= now))
        if expired.rowcount:
            self._wipe_log()
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(records).values(values))
        except IntegrityError:
            return self._earlier(idempotency_key, values["content_hash"])
        return Record(**{name: values[name] for name in Record.__dataclass_fields__})

    def get(self, record_id: str, now: datetime | None = None) -> Record | None:
        """The record, unless it is unknown, deleted or expired."""
        query = select(records).where(
            records.c.id == record_id, records.c.expires_at > (now or datetime.now(UTC))
        )
        with self._engine.connect() as connection:
            return _record(connection.execute(query).mappings().one_or_none())

    def delete(self, record_id: str) -> bool:
        """Delete a record; False if there was none."""
        with self._engine.begin() as connection:
            result = connection.execute(delete(records).where(records.c.id == record_id))
        self._wipe_log()
        return result.rowcount > 0

    def _wipe_log(self) -> None:
        """SQLite's write-ahead log still holds what was deleted from the table."""
        if self._engine.dialect.name == "sqlite":
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def _earlier(self, key: str | None, content_hash: str) -> Record:
        query = select(records).where(records.c.idempotency_key == key)
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().one_or_none()
        record = _record(row)
        if record is None or row is None or row["content_hash"] != content_hash:
            raise KeyUsedOtherwise
        return record


def _record(row: Mapping[Any, Any] | None) -> Record | None:
    if row is None:
        return None
    values = {name: row[name] for name in Record.__dataclass_fields__}
    for name in ("created_at", "expires_at"):
        # SQLite keeps no time zone; what is written is UTC.
        values[name] = values[name].replace(tzinfo=values[name].tzinfo or UTC)
    return Record(**values)


def _engine(url: str) -> Engine:
    engine = create_engine(url, pool_pre_ping=True)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def prepare(connection: Any, _: Any) -> None:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA busy_timeout=5000")
            # A deleted answer is overwritten, not just unlinked.
            connection.execute("PRAGMA secure_delete=ON")

    return engine
