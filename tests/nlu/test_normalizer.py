"""What the models read: emoji in words, short forms written out, spelling mended."""

import time

import pytest

from nlu.normalizer import Normalizer

SHORT_FORMS = {"dn": "dry needling", "pls": "please", "PT": "physical therapist", "w/": "with"}


@pytest.fixture(scope="module")
def normalize() -> Normalizer:
    return Normalizer(
        SHORT_FORMS,
        reviewed_texts=["Dry needling for migraine. Eliquis is a blood thinner."],
        everyday_texts=["throbbing pain, xqzwv"],
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("dn pls", "dry needling please"),
        ("DN", "dry needling"),
        ("my PT said", "my physical therapist said"),
        ("my pt said", "my pt said"),
        ("dnx", "dnx"),
        ("needles w/ migraine", "needles with migraine"),
        ("neddling for my migrane", "needling for my migraine"),
        ("throbing", "throbbing"),
        ("eliquiss", "eliquis"),
        ("🤰 and 👍", "pregnant woman and thumbs up"),
        ("👍" * 500 + " and ??", "thumbs up and ??"),
        ("it’s   fine\n\nthanks", "it's fine thanks"),
        ("", ""),
    ],
)
def test_rewriting(normalize: Normalizer, written: str, read: str) -> None:
    assert normalize(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "Is it safe and does it hurt?",
        "I live in Tacoma, WA 98402",
        "Okafor",
        "¿cuánto cuesta?",
        "isn't",
        "qqqqqqqqqq",
        "the ox",
    ],
)
def test_what_is_right_or_unknown_stays(normalize: Normalizer, text: str) -> None:
    assert normalize(text) == text


def test_a_word_that_only_people_write_is_not_taken_for_a_right_one(normalize: Normalizer) -> None:
    assert normalize("xqzwvv") == "xqzwvv"


def test_long_nonsense_does_not_slow_it_down(normalize: Normalizer) -> None:
    started = time.perf_counter()
    normalize("zyxwvutsrqponm " * 700)
    normalize("a" * 10_000)
    assert time.perf_counter() - started < 1
