"""Two detectors, one verdict: raise an alarm, ask whether it is happening now, or neither.

Pure functions. Either detector can raise an alarm. When the rules see a sign and the statistics see
nothing at all, or the statistics suspect something for which there is no rule, the assistant asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlu.danger_model import HARMLESS
from nlu.dangers import AFTER_NEEDLING, CRISIS, DANGERS, DOCTOR_TODAY, EMERGENCY, URGENCIES
from nlu.signs import Sign, there_now


@dataclass(frozen=True)
class DangerThresholds:
    """Probabilities of any danger, from 0 to 1.

    The statistics raise an alarm from `raise_at` on, and from `raise_at_part` on for what is left
    of a message without its harmless sentences; from `ask_at` and `ask_at_part` on they ask. Where
    the message is plainly about something else (its topic is at least `plain` likely) and no rule
    speaks, it takes `raise_at_plain` or `raise_at_plain_part`, and nothing is asked. Nor is it if
    the rules found signs and every one of them is denied, past or the like. The rules ask instead
    of raising an alarm where the statistics see less than `doubt_below`. A crisis is told in veiled
    words, and its reply does no harm: unless the topic is plain, it takes only `raise_crisis_at`;
    from `ask_crisis_at` on the assistant asks.
    """

    raise_at: float = 0.5
    raise_at_part: float = 0.8
    ask_at: float = 0.35
    ask_at_part: float = 0.65
    plain: float = 0.9
    raise_at_plain: float = 0.7
    raise_at_plain_part: float = 0.9
    doubt_below: float = 0.02
    raise_crisis_at: float = 0.35
    ask_crisis_at: float = 0.25


@dataclass(frozen=True)
class Verdict:
    """What to do about a message.

    Attributes:
        danger: the intent of the alarm, or None; of the danger to ask about, if `ask`.
        urgency: today, emergency or crisis with an alarm; soon without one where a sign calls for
            an appointment; otherwise None.
        ask: whether to ask if it is happening now.
        signs: the names of the signs that are there now.
    """

    danger: str | None = None
    urgency: str | None = None
    ask: bool = False
    signs: tuple[str, ...] = ()


def judge(
    signs: Sequence[Sign],
    whole: Mapping[str, float],
    part: Mapping[str, float] | None,
    about_needling: bool,
    topic_likelihood: float,
    thresholds: DangerThresholds,
) -> Verdict:
    """Judge a message.

    Args:
        signs: what the rules found.
        whole: the probability of each danger and of harmless, for the whole message.
        part: the same for what is left of it without harmless sentences, if that is less.
        about_needling: the message speaks of needling.
        topic_likelihood: how likely the likeliest topic is, taken for a harmless message.
        thresholds: see there.
    """
    present = there_now(signs)
    names = tuple(dict.fromkeys(sign.name for sign in present))
    pressing = [sign for sign in present if sign.urgency != "soon"]
    of_whole, of_part = _danger(whole), _danger(part) if part else 0.0

    def reaches(at: float, at_part: float) -> bool:
        return of_whole >= at or of_part >= at_part

    raised = reaches(thresholds.raise_at, thresholds.raise_at_part)
    asked = reaches(thresholds.ask_at, thresholds.ask_at_part)
    if topic_likelihood >= thresholds.plain and not present:
        raised = reaches(thresholds.raise_at_plain, thresholds.raise_at_plain_part)
        asked = False
    elif whole[CRISIS] >= thresholds.ask_crisis_at:
        raised = raised or whole[CRISIS] >= thresholds.raise_crisis_at
        asked = True
    if raised or (pressing and max(of_whole, of_part) >= thresholds.doubt_below):
        likelihoods = part if part and of_part > of_whole else whole
        danger = _which(pressing, likelihoods, about_needling)
        return Verdict(danger, _urgency(pressing, danger, likelihoods), signs=names)
    if pressing or (asked and (present or not signs)):
        likelihoods = part if part and of_part > of_whole else whole
        return Verdict(_which(pressing, likelihoods, about_needling), ask=True, signs=names)
    return Verdict(urgency="soon" if present else None, signs=names)


def _danger(likelihoods: Mapping[str, float]) -> float:
    return 1.0 - likelihoods[HARMLESS]


def _which(pressing: Sequence[Sign], likelihoods: Mapping[str, float], about_needling: bool) -> str:
    """The danger to answer. Nobody is told to mention needles who did not speak of any."""
    if any(sign.urgency == "crisis" for sign in pressing):
        return CRISIS
    if _can_wait(likelihoods):
        return AFTER_NEEDLING if about_needling else EMERGENCY
    likeliest = max(sorted(DANGERS), key=lambda danger: likelihoods[danger])
    if likeliest == CRISIS and not pressing:
        return CRISIS
    if not about_needling:
        return EMERGENCY
    if likeliest == CRISIS:
        return AFTER_NEEDLING if any(s.after_needling for s in pressing) else EMERGENCY
    return likeliest


def _urgency(pressing: Sequence[Sign], danger: str, likelihoods: Mapping[str, float]) -> str:
    """The highest level that fits: the rules' where they speak, else the likelier one."""
    if danger == CRISIS:
        return "crisis"
    seen = "today" if _can_wait(likelihoods) else "emergency"
    return max((sign.urgency for sign in pressing), key=URGENCIES.index, default=seen)


def _can_wait(likelihoods: Mapping[str, float]) -> bool:
    """Is a visit to the doctor on the same day likelier than all emergencies together?"""
    return likelihoods[DOCTOR_TODAY] > sum(likelihoods[danger] for danger in DANGERS)
