"""The safety net, first layer: a likely danger outranks everything."""

from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from nlu.safety import SafetyNet

NET = SafetyNet({"raise_at": 0.3})


def intent_after(ranking: dict[str, float], intent: str) -> str:
    message = Message(
        data={
            INTENT: {"name": intent, "confidence": 1.0},
            "intent_ranking": [{"name": n, "confidence": c} for n, c in ranking.items()],
        }
    )
    return str(NET.process([message])[0].get(INTENT)["name"])


def test_a_likely_danger_outranks_a_likelier_question() -> None:
    assert intent_after({"faq/cost": 0.6, "emergency_symptoms": 0.35}, "faq") == (
        "emergency_symptoms"
    )


def test_it_outranks_the_fallback() -> None:
    ranking = {"nlu_fallback": 0.2, "crisis": 0.31, "faq/cost": 0.2}
    assert intent_after(ranking, "nlu_fallback") == "crisis"


def test_dangers_add_up() -> None:
    ranking = {"thank": 0.6, "post_needling_emergency": 0.2, "emergency_symptoms": 0.15}
    assert intent_after(ranking, "thank") == "post_needling_emergency"


def test_an_unlikely_danger_changes_nothing() -> None:
    assert intent_after({"faq/cost": 0.8, "crisis": 0.1}, "faq") == "faq"


def test_a_message_that_was_not_understood_passes() -> None:
    message = Message(data={INTENT: {"name": None, "confidence": 0.0}})
    assert NET.process([message])[0].get(INTENT)["name"] is None
