"""The pages that people had kept, handed through from the screening service.

The service listens on the loopback interface only; the chat channel is the one way in from outside.
Who knows the address of a page, with its 128 random bits, may read it.
"""

import asyncio
import os
import re
from dataclasses import dataclass

import aiohttp

DEFAULT_URL = "http://127.0.0.1:8000"
RECORD_ID = re.compile(r"[\w-]{22}")
FORMS = frozenset({"card.html", "card.pdf"})
HEADERS = (
    "Content-Type", "Content-Disposition", "Cache-Control", "Referrer-Policy",
    "X-Content-Type-Options", "Content-Security-Policy",
)  # fmt: skip
TIMEOUT = aiohttp.ClientTimeout(total=10)
NOT_FOUND, OK = 404, 200


class CardUnavailable(Exception):
    """The screening service did not answer in time, or not as agreed."""


@dataclass(frozen=True)
class Card:
    content: bytes
    headers: dict[str, str]


async def fetch_card(record_id: str, form: str) -> Card | None:
    """The page as `form` ("card.html" or "card.pdf"), or None if there is none.

    Raises:
        CardUnavailable: see there.
    """
    if not RECORD_ID.fullmatch(record_id) or form not in FORMS:
        return None
    base = os.environ.get("SERVICES_URL", DEFAULT_URL)
    try:
        async with (
            aiohttp.ClientSession(timeout=TIMEOUT) as session,
            session.get(f"{base}/screening/records/{record_id}/{form}") as reply,
        ):
            if reply.status == NOT_FOUND:
                return None
            if reply.status != OK:
                raise CardUnavailable(f"status {reply.status}")
            kept = {name: reply.headers[name] for name in HEADERS if name in reply.headers}
            return Card(await reply.read(), kept)
    except (aiohttp.ClientError, asyncio.TimeoutError) as error:
        raise CardUnavailable(type(error).__name__) from error
