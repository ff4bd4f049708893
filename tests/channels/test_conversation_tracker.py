"""The states that policies see are the ones that Rasa's own tracker would give them."""

import random

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    DefinePrevUserUtteredFeaturization,
    Event,
    Restarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from channels.conversation_tracker import ConversationTracker

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
intents: [greet, faq, stop]
actions: [utter_greet, utter_faq]
responses: {utter_greet: [{text: hi}], utter_faq: [{text: so}]}
forms: {screening_form: {required_slots: [place]}}
slots:
  place: {type: text, mappings: [{type: custom}]}
  style: {type: categorical, values: [a, b], initial_value: a, mappings: [{type: custom}]}
"""
)
RULE_ONLY = {"rule_only_slots": ["style"], "rule_only_loops": ["screening_form"]}


def some_events(rng: random.Random) -> list[Event]:
    """A turn, of any of the kinds that happen."""
    intent = rng.choice(["greet", "faq", "stop"])
    hidden = rng.random() < 0.5
    action = ActionExecuted(rng.choice(["utter_greet", "utter_faq", "screening_form"]))
    listen = ActionExecuted("action_listen")
    action.hide_rule_turn = listen.hide_rule_turn = hidden
    extras: list[Event] = [
        SlotSet("place", rng.choice(["Boston", None])),
        SlotSet("style", rng.choice(["a", "b"])),
        ActiveLoop(rng.choice(["screening_form", None])),
        UserUtteranceReverted(),
        Restarted(),
    ]
    return [
        UserUttered("...", {"name": intent, "confidence": 1.0}),
        DefinePrevUserUtteredFeaturization(False),
        action,
        *rng.sample(extras[:3], rng.randint(0, 2)),
        *([rng.choice(extras[3:])] if rng.random() < 0.1 else []),
        listen,
    ]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("without_rules", [False, True])
def test_remembered_states_are_rasas_states(seed: int, without_rules: bool) -> None:
    rng = random.Random(seed)
    ours = ConversationTracker("one", DOMAIN.slots)
    rasas = DialogueStateTracker("one", DOMAIN.slots)
    for _ in range(8):
        for event in some_events(rng):
            ours.update(event)
            rasas.update(event)
            expected = rasas.past_states(DOMAIN, False, without_rules, RULE_ONLY)
            assert ours.past_states(DOMAIN, False, without_rules, RULE_ONLY) == expected
            assert ours.applied_events() == rasas.applied_events()


def test_a_state_that_a_policy_changed_is_right_again_the_next_time() -> None:
    tracker = ConversationTracker("one", DOMAIN.slots)
    for event in (ActionExecuted("action_listen"), UserUttered("hi", {"name": "greet"})):
        tracker.update(event)
    first = tracker.past_states(DOMAIN)
    del first[-1]["user"]["text"]
    assert tracker.past_states(DOMAIN)[-1]["user"]["text"] == "hi"
