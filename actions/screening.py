"""The interview: one question at a time, in any words, corrected, left and resumed at will.

The screening service holds the questionnaires and the rules; here is only the conversation. The
loop of `screening_form` runs on the slot `screening_answer`, which stays empty while there is a
next question and then says why the loop ended.
"""

import asyncio
from dataclasses import asdict
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import Reading, in_words, is_plain, terms_in
from actions.meaning import Understood, understand
from actions.services import Services, ServiceUnavailable

COMPLETE = "complete"
UNAVAILABLE = "unavailable"
MISUNDERSTOOD = "misunderstood"

START = "start_screening"
NEEDLING = "needling"
ENOUGH_MISUNDERSTANDINGS = 3
NAMING = ("medicine", "condition")

Event = dict[str, Any]
Answers = dict[str, Any]


class ValidateScreeningForm(Action):
    """Reads the answer and asks the service what comes next.

    Returning no slot at all tells Rasa that the message was no answer: it is then answered by the
    rule for its intent, and the pending question is asked again.
    """

    def __init__(self) -> None:
        self._services = Services.from_environment()

    def name(self) -> str:
        return "validate_screening_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Event]:
        try:
            return await asyncio.to_thread(self._run, dispatcher, tracker)
        except ServiceUnavailable:
            return [SlotSet("screening_answer", UNAVAILABLE)]

    def _run(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        message = tracker.latest_message
        interview = Interview.of(tracker)
        is_pending = tracker.get_slot("requested_slot") == "screening_answer"
        wanted = _asked_for(tracker)
        if not interview.question or not is_pending or wanted not in (None, interview.name):
            return self._begin(dispatcher, tracker)
        question = interview.question
        meant = understand(question, interview.last_question, message)
        if meant.kind in ("danger", "leave", "question"):
            return []
        if meant.kind == "why":
            dispatcher.utter_message(response="utter_screening_why", why=question["why"])
            return [SlotSet("screening_answer", None)]
        if meant.kind == "nothing":
            return self._misunderstood(dispatcher, tracker)
        if meant.kind == "correction":
            return self._go_on(interview, self._corrected(dispatcher, interview, meant, message))
        if meant.kind == "back":
            return self._go_on(interview, _back(dispatcher, interview))
        if meant.kind == "skip":
            dispatcher.utter_message(response="utter_screening_skipped")
            return self._go_on(interview, {**interview.answers, question["id"]: "unsure"})
        assert meant.reading
        if meant.reading.answer == "unsure" and meant.reading.details:
            dispatcher.utter_message(response="utter_screening_counts", why=question["why"])
        elif not is_plain(question, message["text"], meant.reading):
            heard = in_words(question, meant.reading)
            dispatcher.utter_message(response="utter_screening_heard", answer=heard)
        return self._go_on(interview, interview.with_reading(question, meant.reading))

    def _begin(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Start or resume; what the person has already said about it is not asked again."""
        interview = Interview.of(tracker, _asked_for(tracker) or NEEDLING)
        if interview.answers:
            return self._go_on(interview, interview.answers)
        entities = tracker.latest_message["entities"]
        named = terms_in(entities)
        ages = {int(entity["value"]) for entity in entities if entity["entity"] == "age"}
        known = {"age": ages.pop()} if len(ages) == 1 and interview.name == NEEDLING else {}
        answers: Answers = {}
        if named.present or known:
            answers = self._services.populate(interview.name, named.present, known)
        if answers:
            words = [e["value"] for e in entities if e["entity"] in NAMING]
            noted = ", ".join([*(f"age {age}" for age in known.values()), *map(str, words)])
            dispatcher.utter_message(response="utter_screening_noted", noted=noted)
        return self._go_on(interview, answers, begins=True)

    def _corrected(
        self,
        dispatcher: CollectingDispatcher,
        interview: "Interview",
        meant: Understood,
        message: dict[str, Any],
    ) -> Answers:
        """The answers after a correction: of the question that it names, else of the last one."""
        last = interview.last_question
        named = terms_in(message["entities"]).present
        concluded = self._services.populate(interview.name, named, {}) if named else {}
        if concluded and (not last or last["id"] not in concluded):
            answers = {**interview.answers, **concluded}
            heard = ", ".join(e["value"] for e in message["entities"] if e["entity"] in NAMING)
        elif last and meant.reading:
            answers = interview.with_reading(last, meant.reading)
            heard = in_words(last, meant.reading)
        else:
            return _back(dispatcher, interview)
        dispatcher.utter_message(response="utter_screening_corrected", answer=heard)
        return answers

    def _go_on(self, interview: "Interview", answers: Answers, begins: bool = False) -> list[Event]:
        """Keep the answers, also when the service that judges them cannot be reached."""
        everything = {**interview.all_answers, interview.name: answers}
        kept = SlotSet("screening_answers", everything)
        try:
            assessment = self._services.assess(interview.name, answers)
        except ServiceUnavailable:
            return [kept, SlotSet("screening_answer", UNAVAILABLE)]
        was_answered = bool(interview.question) and interview.question["id"] in answers
        last = interview.question if was_answered else interview.last_question
        state = {**asdict(assessment), "last_question": last, "begins": begins}
        return [
            kept,
            SlotSet("screening_state", state),
            SlotSet("form_misunderstandings", 0),
            SlotSet("screening_answer", None if assessment.next_question else COMPLETE),
        ]

    def _misunderstood(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        count = tracker.get_slot("form_misunderstandings") + 1
        if count >= ENOUGH_MISUNDERSTANDINGS:
            return [
                SlotSet("form_misunderstandings", 0),
                SlotSet("screening_answer", MISUNDERSTOOD),
            ]
        dispatcher.utter_message(response="utter_screening_unclear")
        return [SlotSet("form_misunderstandings", count), SlotSet("screening_answer", None)]


class Interview:
    """Where an interview stands, as the slots tell it.

    Attributes:
        name: the questionnaire's id.
        answers: its answers so far, in the order in which they were given.
        all_answers: those of every questionnaire that was begun.
        question: the pending question, as the service gave it out, or an empty mapping.
        last_question: the one before it that was answered.
    """

    def __init__(self, name: str, all_answers: dict[str, Answers], state: dict[str, Any]) -> None:
        self.name = name
        self.all_answers = all_answers
        self.answers = dict(all_answers.get(name) or {})
        self.question: dict[str, Any] = state.get("next_question") or {}
        self.last_question: dict[str, Any] | None = state.get("last_question")

    @classmethod
    def of(cls, tracker: Tracker, name: str | None = None) -> "Interview":
        state = tracker.get_slot("screening_state") or {}
        pending = state.get("questionnaire", NEEDLING)
        if name not in (None, pending):
            state = {}
        return cls(name or pending, dict(tracker.get_slot("screening_answers") or {}), state)

    def with_reading(self, question: dict[str, Any], reading: Reading) -> Answers:
        answer = list(reading.answer) if isinstance(reading.answer, tuple) else reading.answer
        answers = {**self.answers, question["id"]: answer}
        if reading.details:
            answers[question["details_id"]] = list(reading.details)
        return answers

    def without_last(self) -> Answers:
        """The answers without the last one, so that it is asked again."""
        return dict(list(self.answers.items())[:-1])


class ActionAskScreeningAnswer(Action):
    """Asks the pending question, with its choices as buttons."""

    def name(self) -> str:
        return "action_ask_screening_answer"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Event]:
        state = tracker.get_slot("screening_state")
        question, answered, total = state["next_question"], state["answered"], state["total"]
        if tracker.latest_message["intent"].get("name") == START:
            opening = "utter_screening_resumed"
            if state["begins"]:
                is_needling = state["questionnaire"] == NEEDLING
                opening = "utter_screening_intro" if is_needling else "utter_questionnaire_intro"
            dispatcher.utter_message(
                response=opening, answered=answered, total=total, title=state["title"]
            )
        dispatcher.utter_message(
            response="utter_screening_question",
            number=answered + 1,
            total=total,
            question=question["text"],
            buttons=[
                {"title": choice["title"], "payload": choice["title"]}
                for choice in question["choices"] or [{"title": "Not sure"}]
            ],
        )
        return []


class ActionScreeningResult(Action):
    """Says how the questions ended, and what to do with the result."""

    def name(self) -> str:
        return "action_screening_result"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Event]:
        ended = tracker.get_slot("screening_answer")
        if ended == UNAVAILABLE:
            dispatcher.utter_message(response="utter_screening_unavailable")
        elif ended == MISUNDERSTOOD:
            dispatcher.utter_message(response="utter_screening_too_unclear")
        elif ended == COMPLETE:
            return self._result(dispatcher, tracker)
        return [SlotSet("screening_answer", None)]

    def _result(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        state = tracker.get_slot("screening_state")
        outcome, score, name = state["outcome"], state["score"], state["questionnaire"]
        if outcome == "emergency":
            dispatcher.utter_message(response="utter_emergency_symptoms")
        elif outcome:
            reasons = "\n".join(f"- {reason['advice']}" for reason in state["reasons"])
            dispatcher.utter_message(response=f"utter_screening_{outcome}", reasons=reasons)
        elif score:
            dispatcher.utter_message(
                response="utter_score",
                score=score["value"],
                grade=score["title"],
                advice=score["text"],
            )
        else:
            dispatcher.utter_message(response="utter_no_score")
        if outcome != "emergency":
            dispatcher.utter_message(response="utter_offer_card")
        others = {
            k: v for k, v in (tracker.get_slot("screening_answers") or {}).items() if k != name
        }
        return [
            SlotSet("screening_answer", None),
            SlotSet("screening_answers", others or None),
            SlotSet("screening_state", None),
            SlotSet("finished_interview", {"questionnaire": name, "answers": state["answers"]}),
        ]


def _back(dispatcher: CollectingDispatcher, interview: Interview) -> Answers:
    """Say that the last question comes again, or that there is none; the answers without it."""
    said = "utter_screening_back" if interview.answers else "utter_screening_nothing_before"
    dispatcher.utter_message(response=said)
    return interview.without_last()


def _asked_for(tracker: Tracker) -> str | None:
    """The questionnaire that the message names, if it wants one to be started."""
    message = tracker.latest_message
    if message["intent"].get("name") != START:
        return None
    named = (e["value"] for e in message["entities"] if e["entity"] == "questionnaire")
    return next(named, None)
