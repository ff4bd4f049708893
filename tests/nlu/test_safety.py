"""The safety net, first layer: a likely danger outranks everything."""

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.safety import SafetyNet

NET = SafetyNet({"raise_at": 0.3, "raise_at_side": 0.9})


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


def test_a_danger_in_a_part_of_the_message_is_seen() -> None:
    def intent(confidence: float) -> str:
        side = [{"name": "crisis", "confidence": confidence}, {"name": "thank", "confidence": 0.05}]
        ranking = [{"name": "faq/cost", "confidence": 0.99}]
        data = {INTENT: {"name": "faq"}, "intent_ranking": ranking, "side_rankings": [side]}
        return str(NET.process([Message(data=data)])[0].get(INTENT)["name"])

    assert intent(0.95) == "crisis"
    assert intent(0.6) == "faq"


def test_a_message_that_was_not_understood_passes() -> None:
    message = Message(data={INTENT: {"name": None, "confidence": 0.0}})
    assert NET.process([message])[0].get(INTENT)["name"] is None


def test_a_button_that_was_just_shown_is_no_danger() -> None:
    choice = "Nervous, or I have fainted"
    shown = BotUttered("?", {"buttons": [{"title": choice, "payload": choice}]})

    def intent(*events: object) -> str:
        ranking = [{"name": "emergency_symptoms", "confidence": 0.9}]
        message = Message(data={TEXT: choice, INTENT: ranking[0], "intent_ranking": ranking})
        tracker = DialogueStateTracker.from_events("test", list(events))
        return str(NET.process([message], tracker)[0].get(INTENT)["name"])

    assert intent(shown) == "nlu_fallback"
    assert intent() == "emergency_symptoms"
    assert intent(shown, UserUttered("something else")) == "emergency_symptoms"
