"""The page to take away as HTML that prints on one sheet."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.screening.card import Page

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
)


def as_html(page: Page) -> str:
    return _templates.get_template("card.html").render(page=page)
