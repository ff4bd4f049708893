"""The page to take away as a PDF of one sheet (Letter)."""

from html import escape
from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    KeepInFrame,
    Paragraph,
    SimpleDocTemplate,
    Table,
    TableStyle,
)

from services.screening.card import Page

MARGIN = 12 * mm
WIDTH = LETTER[0] - 2 * MARGIN
# ReportLab keeps some points of a frame to itself.
HEIGHT = LETTER[1] - 2 * MARGIN - 14
INK, QUIET, LINE = HexColor("#1c2a33"), HexColor("#44535c"), HexColor("#d5dee2")
TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=8.5, leading=10.5, textColor=INK)
BULLET = ParagraphStyle("bullet", parent=TEXT, leftIndent=9)
SMALL = ParagraphStyle("small", parent=TEXT, fontSize=7, leading=8.6, textColor=QUIET)
TITLE = ParagraphStyle("title", parent=TEXT, fontName="Helvetica-Bold", fontSize=14, leading=17)
HEADING = ParagraphStyle(
    "heading", parent=TEXT, fontName="Helvetica-Bold", fontSize=10, leading=13, spaceBefore=5
)
RESULT = ParagraphStyle(
    "result", parent=TEXT, fontName="Helvetica-Bold", fontSize=9.5, leading=12,
    backColor=HexColor("#eef5f5"), borderPadding=4, spaceBefore=6, spaceAfter=6,
)  # fmt: skip


def as_pdf(page: Page) -> bytes:
    """One sheet; a very long page is set smaller until it fits."""
    out = BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=LETTER, title=page.title, author="Needlewise", lang="en",
        leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN,
    )  # fmt: skip
    document.build([KeepInFrame(WIDTH - 12, HEIGHT, _flowables(page), mode="shrink")])
    return out.getvalue()


def _flowables(page: Page) -> list[Flowable]:
    incomplete = "" if page.is_complete else " · not all questions answered"
    flowables: list[Flowable] = [
        Paragraph(escape(page.title), TITLE),
        Paragraph(escape(f"{page.made_on}{incomplete} · questions of {page.version}"), SMALL),
        Paragraph(escape(page.result), RESULT),
    ]
    if page.advice:
        flowables.append(Paragraph("What to talk about first", HEADING))
    for advice in page.advice:
        because = escape(f"({advice.rule_class}; because: {' / '.join(advice.because)})")
        grey = f'<font size="7" color="#44535c">{because}</font>'
        flowables.append(_bullet(f"{escape(advice.text)} {grey}"))
    flowables.append(Paragraph("Questions to ask", HEADING))
    flowables += [_bullet(escape(question)) for question in page.questions_to_ask]
    flowables.append(Paragraph("What you answered", HEADING))
    rows = [
        [Paragraph(escape(question), SMALL), Paragraph(f"<b>{escape(answer)}</b>", SMALL)]
        for question, answer in page.answers
    ]
    if rows:
        table = Table(rows, colWidths=[WIDTH * 0.68, WIDTH * 0.28], hAlign="LEFT")
        lines = ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE)
        tight = [(side, (0, 0), (-1, -1), 1) for side in ("TOPPADDING", "BOTTOMPADDING")]
        table.setStyle(TableStyle([lines, *tight, ("VALIGN", (0, 0), (-1, -1), "TOP")]))
        flowables.append(table)
    if page.sources:
        flowables.append(Paragraph("Where this is from", HEADING))
        flowables += [Paragraph(escape(source), SMALL) for source in page.sources]
    flowables.append(Paragraph(escape(page.disclaimer), SMALL))
    return flowables


def _bullet(markup: str) -> Paragraph:
    return Paragraph(markup, BULLET, bulletText="•")
