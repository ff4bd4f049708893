"""Tokens: bound to one conversation, signed, and good for a while only."""

from datetime import timedelta

import jwt
import pytest

from channels.tokens import ALGORITHM, AUDIENCE, Tokens

SECRET = "s" * 32
TOKENS = Tokens(SECRET)


def test_a_token_speaks_for_its_conversation() -> None:
    session = TOKENS.issue()
    assert TOKENS.conversation_of(session.token) == session.conversation_id


def test_ids_are_long_and_never_the_same() -> None:
    ids = {TOKENS.issue().conversation_id for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(i) * 6 >= 128 for i in ids), "at least 128 random bits in base 64"


def test_an_expired_token_is_refused() -> None:
    expired = Tokens(SECRET, lifetime=timedelta(seconds=-1)).issue()
    assert Tokens(SECRET).conversation_of(expired.token) is None


@pytest.mark.parametrize("secret", ["another-secret-of-32-characters!!", "x" * 64])
def test_a_token_of_another_server_is_refused(secret: str) -> None:
    assert TOKENS.conversation_of(Tokens(secret).issue().token) is None


def test_forged_tokens_are_refused() -> None:
    claims = {"sub": "victim", "aud": AUDIENCE, "exp": 9_999_999_999}
    forged = [
        "",
        "x",
        "a.b.c",
        TOKENS.issue().token[:-2],
        jwt.encode(claims, key="", algorithm="none"),
        jwt.encode({"sub": "victim", "exp": 9_999_999_999}, SECRET, ALGORITHM),
        jwt.encode({"sub": "victim", "aud": AUDIENCE}, SECRET, ALGORITHM),
        jwt.encode({**claims, "aud": "other"}, SECRET, ALGORITHM),
    ]
    assert [TOKENS.conversation_of(token) for token in forged] == [None] * len(forged)


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 32 characters"):
        Tokens("short")
