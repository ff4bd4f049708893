"""The page to take away: answers, reasons, sources; on one sheet; no diagnosis."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from pypdf import PdfReader

from services.screening.assess import assess
from services.screening.card import Page, page
from services.screening.card_html import as_html
from services.screening.card_pdf import as_pdf
from services.screening.model import Questionnaire
from tests.services.screening.strategies import MIDAS, NEEDLING, interviews

NOON = datetime(2026, 11, 4, 12, tzinfo=UTC)
EVERYTHING: dict[str, Any] = {"age": 15, "red_flags": "no"} | {
    question.id: [c.code for c in question.choices if c.code != "unsure"]
    if question.several
    else question.number.highest
    if question.number
    else "yes"
    for question in NEEDLING.questions
    if question.id not in ("age", "red_flags")
}


def made(answers: dict[str, Any], questionnaire: Questionnaire = NEEDLING) -> Page:
    return page(questionnaire, assess(questionnaire, answers), NOON)


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_it_holds_date_answers_reasons_and_sources() -> None:
    it = made({"age": 40, "blood": "unsure", "blood_which": ["antiplatelet", "supplement"]})
    assert it.made_on == "November 4, 2026"
    assert not it.is_complete
    assert "Ask the people named below" in it.result
    assert ("How old is the person who would have the needling?", "40 years") in it.answers
    assert (
        "Aspirin, clopidogrel or the like; Fish oil, ginkgo or the like"
        in dict(it.answers).values()
    )
    assert it.advice[0].because == (
        "Aspirin, clopidogrel or the like; Fish oil, ginkgo or the like",
    )
    (unsure,) = made({"implant": "unsure"}).advice
    assert unsure.because[0].startswith("Do you have a pacemaker")
    assert any("Muñoz" in source for source in it.sources)


def test_a_score_is_told_with_its_grade() -> None:
    it = made(dict.fromkeys((q.id for q in MIDAS.questions), 3), MIDAS)
    assert it.result.startswith("Score 15. Grade III")
    assert it.sources


@pytest.mark.parametrize("answers", [{}, {"age": 40}, EVERYTHING], ids=["none", "one", "all"])
def test_both_forms_say_the_same_and_the_pdf_is_one_sheet(answers: dict[str, Any]) -> None:
    it = made(answers)
    html, pdf = as_html(it), as_pdf(it)
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    words = " ".join(text_of(pdf).split())
    assert "no diagnosis" in words
    for advice in it.advice:
        assert advice.text.split(":")[0] in words
        assert advice.text.split("'")[0] in html
    assert it.title in words
    assert it.title in html


@settings(max_examples=15, deadline=None)
@given(interviews(NEEDLING))
def test_any_interview_fits_on_a_sheet(answers: dict[str, Any]) -> None:
    assert len(PdfReader(BytesIO(as_pdf(made(answers)))).pages) == 1
