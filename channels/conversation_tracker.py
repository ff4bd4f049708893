"""A conversation whose past is worked out once, not for every prediction."""

from __future__ import annotations

from dataclasses import dataclass
from operator import is_
from typing import Any

from rasa.shared.core.constants import PREVIOUS_ACTION
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted, Event
from rasa.shared.core.trackers import DialogueStateTracker


@dataclass(frozen=True)
class Moment:
    """What policies know just before an action.

    Attributes:
        state: the active state, as `Domain.get_active_state` gives it.
        keeps_visibility: the action follows from the one before, so it shows or hides with it.
        hidden: the action belongs to a turn that only rules know.
    """

    state: State
    keeps_visibility: bool
    hidden: bool

    @classmethod
    def of(cls, tracker: DialogueStateTracker, domain: Domain, hidden: bool) -> Moment:
        in_loop = tracker.latest_action_name == tracker.active_loop_name
        keeps_visibility = bool(tracker.followup_action) or in_loop
        return cls(domain.get_active_state(tracker), keeps_visibility, hidden)


class ConversationTracker(DialogueStateTracker):
    """Rasa's tracker with a memory of the states it went through.

    Each policy asks for all past states in every prediction, and Rasa replays the conversation for
    each. The states before an action never change, so here only what is new is replayed.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        self._applied: list[Event] = []
        self._applied_at = 0
        self._replayed: list[Event] = []
        self._moments: list[Moment] = []
        self._replay: DialogueStateTracker | None = None
        super().__init__(*args, **options)

    def applied_events(self) -> list[Event]:
        """The events without those that were reverted, worked out anew when there are more."""
        if self._applied_at != len(self.events):
            self._applied, self._applied_at = super().applied_events(), len(self.events)
        return list(self._applied)

    def past_states(
        self,
        domain: Domain,
        omit_unset_slots: bool = False,
        ignore_rule_only_turns: bool = False,
        rule_only_data: dict[str, Any] | None = None,
    ) -> list[State]:
        """The same states as Rasa's tracker gives, each a copy that may be changed."""
        if omit_unset_slots:
            # Asked for in training only.
            states: list[State] = super().past_states(
                domain, True, ignore_rule_only_turns, rule_only_data
            )
            return states
        moments = self._moments_until_now(domain)
        if ignore_rule_only_turns:
            return _visible_states(moments, domain, rule_only_data)
        return [_copy(moment.state) for moment in moments]

    def _moments_until_now(self, domain: Domain) -> list[Moment]:
        events = self.applied_events()
        replayed = len(self._replayed)
        goes_on = len(events) >= replayed and all(map(is_, self._replayed, events))
        replay = self._replay
        if replay is None or not goes_on:
            replay, replayed, self._moments = self.init_copy(), 0, []
        for event in events[replayed:]:
            if isinstance(event, ActionExecuted):
                self._moments.append(Moment.of(replay, domain, event.hide_rule_turn))
            replay.update(event)
        self._replay, self._replayed = replay, events
        return [*self._moments, Moment.of(replay, domain, hidden=False)]


def _visible_states(
    moments: list[Moment], domain: Domain, rule_only_data: dict[str, Any] | None
) -> list[State]:
    """The states without the turns that only rules know, as `Domain.states_for_tracker_history`."""
    states: list[State] = []
    last_visible_action: Any = None
    hidden = False
    for moment in moments:
        if not hidden:
            last_visible_action = moment.state.get(PREVIOUS_ACTION)
        if not moment.keeps_visibility:
            hidden = moment.hidden
        if hidden:
            continue
        state = _copy(moment.state)
        domain._remove_rule_only_features(state, rule_only_data)
        if states:
            domain._substitute_rule_only_user_input(state, states[-1])
        if last_visible_action:
            state[PREVIOUS_ACTION] = last_visible_action
        states.append(domain._clean_state(state))
    return states


def _copy(state: State) -> State:
    return {kind: dict(part) for kind, part in state.items()}
