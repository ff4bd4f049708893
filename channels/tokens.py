"""Conversation ids that cannot be guessed, and signed tokens bound to them."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import jwt

ALGORITHM = "HS256"
AUDIENCE = "needlewise-chat"
RANDOM_BYTES = 24
SHORTEST_SECRET = 32


@dataclass(frozen=True)
class Session:
    """A new conversation: its id, its token, and when the token ends (UTC)."""

    conversation_id: str
    token: str
    expires_at: datetime


class Tokens:
    """Issues and checks tokens.

    Args:
        secret: at least 32 characters, the same for every process that serves the channel.
        lifetime: how long a token is good for.

    Raises:
        ValueError: the secret is too short.
    """

    def __init__(self, secret: str, lifetime: timedelta = timedelta(hours=12)) -> None:
        if len(secret) < SHORTEST_SECRET:
            raise ValueError(f"CHAT_SECRET must have at least {SHORTEST_SECRET} characters.")
        self._secret = secret
        self._lifetime = lifetime

    def issue(self) -> Session:
        """Start a conversation: an id of 192 random bits, and its token."""
        conversation_id = secrets.token_urlsafe(RANDOM_BYTES)
        expires_at = datetime.now(timezone.utc).replace(microsecond=0) + self._lifetime
        claims = {"sub": conversation_id, "aud": AUDIENCE, "exp": expires_at}
        token = jwt.encode(claims, self._secret, algorithm=ALGORITHM)
        return Session(conversation_id, token, expires_at)

    def conversation_of(self, token: str) -> str | None:
        """The conversation that a token speaks for, or None if it is forged or has expired."""
        try:
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                options={"require": ["sub", "exp", "aud"]},
            )
        except jwt.InvalidTokenError:
            return None
        return str(claims["sub"])
