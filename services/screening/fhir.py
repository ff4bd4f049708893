"""Questionnaires and their answers as FHIR R4 resources, with the elements that SDC adds.

https://hl7.org/fhir/R4/questionnaire.html, https://hl7.org/fhir/R4/questionnaireresponse.html,
http://hl7.org/fhir/uv/sdc (the profile of Questionnaire).
"""

from datetime import datetime
from typing import Any

from services.screening.answers import Answer, Answers
from services.screening.model import UNSURE, Condition, Question, Questionnaire

BASE = "urn:needlewise"
EXTENSION = "http://hl7.org/fhir/StructureDefinition"
SDC_QUESTIONNAIRE = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire"
UCUM = "http://unitsofmeasure.org"
# What the person does not know has no value, but a reason why (FHIR's data-absent-reason).
ASKED_BUT_UNKNOWN = {
    "extension": [{"url": f"{EXTENSION}/data-absent-reason", "valueCode": "asked-unknown"}]
}

Resource = dict[str, Any]


def canonical(questionnaire: Questionnaire) -> str:
    return f"{BASE}:questionnaire:{questionnaire.id}"


def fhir_questionnaire(questionnaire: Questionnaire) -> Resource:
    """The questions as a Questionnaire. Rules and scoring are not part of it."""
    return {
        "resourceType": "Questionnaire",
        "id": questionnaire.id,
        "meta": {"profile": [SDC_QUESTIONNAIRE]},
        "url": canonical(questionnaire),
        "version": questionnaire.version,
        "name": f"{questionnaire.id.title()}Questionnaire",
        "title": questionnaire.title,
        "status": "draft",
        "subjectType": ["Patient"],
        "date": questionnaire.version,
        "item": [_item(questionnaire, question) for question in questionnaire.questions],
    }


def fhir_questionnaire_response(
    questionnaire: Questionnaire, answers: Answers, completed: bool, authored: datetime
) -> Resource:
    """Valid answers (see `answers.applicable`) as a QuestionnaireResponse without a subject."""
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{canonical(questionnaire)}|{questionnaire.version}",
        "status": "completed" if completed else "in-progress",
        "authored": authored.isoformat(timespec="seconds"),
        "item": [
            {
                "linkId": question.id,
                "text": question.text,
                "answer": _values(questionnaire, question, answers[question.id]),
            }
            for question in questionnaire.questions
            if question.id in answers
        ],
    }


def _item(questionnaire: Questionnaire, question: Question) -> Resource:
    item: Resource = {
        "linkId": question.id,
        "text": question.text,
        "type": "integer" if question.number else "choice",
        "required": True,
    }
    if question.number:
        number = question.number
        item["extension"] = [
            {"url": f"{EXTENSION}/minValue", "valueInteger": number.lowest},
            {"url": f"{EXTENSION}/maxValue", "valueInteger": number.highest},
            {
                "url": f"{EXTENSION}/questionnaire-unit",
                "valueCoding": {"system": UCUM, "code": number.unit},
            },
        ]
    else:
        item["answerOption"] = [
            {"valueCoding": _coding(questionnaire, question, choice.code)}
            for choice in question.choices
        ]
        if question.several:
            item["repeats"] = True
    if question.ask_when:
        item["enableWhen"], item["enableBehavior"] = _enable_when(questionnaire, question.ask_when)
    return item


def _enable_when(questionnaire: Questionnaire, it: Condition) -> tuple[list[Resource], str]:
    """FHIR can compare a number, but not test for an unknown one: other systems do not ask the
    follow-up then, which `assess` still does."""
    on = questionnaire.by_id[it.question]
    if not on.number:
        tests = [
            {"question": on.id, "operator": "=", "answerCoding": _coding(questionnaire, on, code)}
            for code in it.any_of
        ]
        return tests, "any"
    bounds = [
        {"question": on.id, "operator": operator, "answerInteger": bound}
        for operator, bound in ((">=", it.at_least), ("<=", it.at_most))
        if bound is not None
    ]
    return bounds, "all"


def _values(questionnaire: Questionnaire, question: Question, answer: Answer) -> list[Resource]:
    if question.number:
        if answer == UNSURE:
            return [{"_valueInteger": ASKED_BUT_UNKNOWN}]
        return [{"valueInteger": answer}]
    codes = answer if isinstance(answer, tuple) else (str(answer),)
    return [{"valueCoding": _coding(questionnaire, question, code)} for code in codes]


def _coding(questionnaire: Questionnaire, question: Question, code: str) -> Resource:
    title = next(choice.title for choice in question.choices if choice.code == code)
    system = f"{canonical(questionnaire)}:{question.id}"
    return {"system": system, "code": code, "display": title}
