"""Numbers on the page can be tapped, each for what it is for."""

import pytest

from channels.chat import PHONE_NUMBER, _call_link


@pytest.mark.parametrize(
    ("words", "linked"),
    [
        ("911", '<a href="tel:911">911</a>'),
        ("call or text 988", 'call or text <a href="tel:988">988</a>'),
        (
            "call 116 123 or text 85258",
            'call <a href="tel:116123">116 123</a> or text <a href="sms:85258">85258</a>',
        ),
        ("your local emergency number", "your local emergency number"),
    ],
)
def test_numbers_become_links(words: str, linked: str) -> None:
    assert PHONE_NUMBER.sub(_call_link, words) == linked
