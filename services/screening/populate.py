"""Answers that follow from what is already known, as FHIR's $populate would give them. Pure."""

from collections.abc import Collection, Mapping

from services.screening.answers import Answer, applicable
from services.screening.model import Questionnaire

YES = "yes"


def populate(
    questionnaire: Questionnaire, terms: Collection[str], known: Mapping[str, object]
) -> dict[str, Answer]:
    """The answers that follow.

    Args:
        questionnaire: see there.
        terms: conditions and classes of medicines that the person has or takes, as in the `terms`
            of the choices; unknown ones are left out.
        known: answers from elsewhere; they count before those from terms.
    """
    from_terms: dict[str, object] = {}
    for question in questionnaire.questions:
        named = [c.code for c in question.choices if set(c.terms) & set(terms)]
        if question.several and named:
            from_terms[question.id] = named
            parent = next((q for q in questionnaire.questions if q.details == question.id), None)
            if parent:
                from_terms[parent.id] = YES
        elif named and not question.several:
            from_terms[question.id] = named[0]
    # A follow-up whose question is not answered yes, such as medicines for attacks, waits.
    return applicable(questionnaire, {**from_terms, **known})
