"""The questions as a FHIR R4 Questionnaire (https://hl7.org/fhir/R4/questionnaire.html)."""

from typing import Any

from services.screening.model import Question, Questionnaire


def fhir_questionnaire(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return the resource; every item is a required choice."""
    return {
        "resourceType": "Questionnaire",
        "id": questionnaire.id,
        "version": questionnaire.version,
        "name": "NeedlingScreening",
        "title": questionnaire.title,
        "status": "draft",
        "subjectType": ["Patient"],
        "item": [_item(question) for question in questionnaire.questions],
    }


def _item(question: Question) -> dict[str, Any]:
    options = [
        {"valueCoding": {"code": choice.code, "display": choice.title}}
        for choice in question.choices
    ]
    return {
        "linkId": question.id,
        "text": question.text,
        "type": "choice",
        "required": True,
        "answerOption": options,
    }
