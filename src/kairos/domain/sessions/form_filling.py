"""The Patient Monitoring Form of a session, as its chart and its entries fill it. Section 1.7."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from kairos.domain.protocols.dosing import plain
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.readings import Reading
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.domain.sessions.dissociation import rating_before_dose
from kairos.domain.sessions.events import (
    DissociationRated,
    LeftAgainstAdvice,
    Released,
    SedationRated,
    SessionEntry,
    Transferred,
)
from kairos.domain.sessions.form_fields import CONCOMITANT, LEFT, NO, RELEASED, TRANSFERRED, YES, Filled
from kairos.domain.sessions.monitoring_form import ENROLMENT
from kairos.domain.sessions.release import VITALS, release_readiness
from kairos.domain.sessions.state import DosingSessionState, replay
from kairos.vocab.quantities import ONE

ENROLLED = "enrolled"
_A_MINUTE = timedelta(minutes=1)
_PREDOSE = "predose."
_ENDS = {Released: RELEASED, LeftAgainstAdvice: LEFT, Transferred: TRANSFERRED}
_Mark = tuple[datetime, str, bool]


@dataclass(frozen=True, slots=True)
class FormChart:
    """What the chart, the site and who signs bring to a form.

    ``medicine_classes`` are those of what is taken; ``list_is_known`` whether silence about a class means no.
    """

    family_name: str
    given_names: str
    born_on: str
    sex: str
    is_first_treatment: bool
    medicine_classes: frozenset[str]
    list_is_known: bool
    site_name: str
    signer: str
    zone: tzinfo


def fill_form(
    entries: Sequence[SessionEntry], protocol: TreatmentProtocol, chart: FormChart, *, limits: LimitsInForce
) -> Mapping[str, Filled]:
    """Return what the record says for each field that it speaks of; of the others, nothing."""
    state = replay(entries)
    started = state.dose.started_at
    found = _of_chart(chart)
    if started is None:
        return found
    found |= _of_dose(state, started, chart.zone)
    found |= _of_end(state, started, entries)
    found |= _of_pressures(state, started, limits)
    found |= _of_effects(state, started, limits)
    found["ready_to_leave_min"] = _ready(entries, protocol, started, limits)
    return found


def _of_chart(chart: FormChart) -> dict[str, Filled]:
    taken = {name: bool(chart.medicine_classes & classes) for name, classes in CONCOMITANT.items()}
    silence = NO if chart.list_is_known else ""
    return {
        "family_name": Filled(chart.family_name),
        "given_names": Filled(chart.given_names),
        "born_on": Filled(chart.born_on),
        "sex": Filled(chart.sex),
        "first_treatment": _yes_no(chart.is_first_treatment),
        "setting_name": Filled(chart.site_name),
        "hcp_name": Filled(chart.signer),
        **{name: Filled(YES if is_taken else silence) for name, is_taken in taken.items()},
    }


def _of_dose(state: DosingSessionState, started: datetime, zone: tzinfo) -> dict[str, Filled]:
    portions = state.dose.portions
    refs = tuple(each.ref for each in portions)
    lots = dict.fromkeys(each.lot for each in portions if each.lot)
    enrolled = state.answers.get(ENROLMENT)
    return {
        "treatment_date": Filled(started.astimezone(zone).date().isoformat(), refs[:1]),
        "dose_mg": Filled(plain(state.dose.given_mg(state.ended_at or portions[-1].at)), refs),
        "lot_number": Filled(", ".join(lots), refs),
        "already_enrolled": Filled()
        if enrolled is None
        else _yes_no(enrolled.answer == ENROLLED, (enrolled.entry,)),
    }


def _of_end(
    state: DosingSessionState, started: datetime, entries: Sequence[SessionEntry]
) -> dict[str, Filled]:
    end = next((each for each in entries if type(each.event) in _ENDS), None)
    if end is None or state.ended_at is None:
        return {}
    return {
        "outcome": Filled(_ENDS[type(end.event)], (end.ref,)),
        "total_time_min": Filled(_minutes(state.ended_at - started), (end.ref,)),
        "vitals_acceptable_at_end": _vitals_at_end(end),
    }


def _vitals_at_end(end: SessionEntry) -> Filled:
    """Return what release found of the vital signs; one not met may be unseen."""
    event = end.event
    if isinstance(event, Released):
        return _yes_no(VITALS in event.met, (end.ref,))
    if isinstance(event, LeftAgainstAdvice) and VITALS not in event.not_met:
        return _yes_no(True, (end.ref,))
    return Filled()


def _of_pressures(state: DosingSessionState, started: datetime, limits: LimitsInForce) -> dict[str, Filled]:
    after = [each for each in state.readings if each.true_at > started and _pressure(each)]
    wanted, window = started + limits.span("rems.pressure_at"), limits.span("rems.pressure_window")
    near = [each for each in after if abs(each.true_at - wanted) <= window]
    at_peak = min(near, key=lambda each: abs(each.true_at - wanted), default=None)
    call, baseline = state.call, state.baseline
    refs = (baseline.id,) if baseline is not None else ()
    no_doubt = call is not None and not call.not_met and not call.unknown
    passed = [each for each in state.overrides if str(getattr(each.event, "rule", "")).startswith(_PREDOSE)]
    return {
        "vitals_acceptable_before": Filled(YES, refs) if no_doubt and baseline and not passed else Filled(),
        "pressure_before": _pressure_field(baseline),
        "pressure_at_peak": _pressure_field(at_peak),
        "pressure_at_end": _pressure_field(after[-1] if after else None),
    }


def _of_effects(state: DosingSessionState, started: datetime, limits: LimitsInForce) -> dict[str, Filled]:
    awake = limits.number("release.sedation_least", ONE)
    over = limits.number("release.dissociation_over_baseline", ONE)
    sedation: list[_Mark] = [
        (seen.true_at, seen.ref, seen.event.score < awake)
        for seen in state.seen(SedationRated)
        if isinstance(seen.event, SedationRated) and seen.true_at >= started
    ]
    detached: list[_Mark] = []
    for seen in state.seen(DissociationRated):
        if isinstance(seen.event, DissociationRated) and seen.true_at >= started:
            before = rating_before_dose(state, seen.event.scale)
            above = seen.event.score > (before.score if before is not None else 0) + over
            detached.append((seen.true_at, seen.ref, above))
    return {
        **_episode("sedation", sedation, started),
        **_episode("dissociation", detached, started),
        **_episode("respiratory_depression", _breaths(state, started, limits), started),
    }


def _breaths(state: DosingSessionState, started: datetime, limits: LimitsInForce) -> list[_Mark]:
    slow, low = limits.number("release.breathing_least", "/min"), limits.number("release.oxygen_least", "%")
    marks: list[_Mark] = []
    for each in state.readings:
        told = [
            value < least
            for value, least in ((each.breathing, slow), (each.oxygen, low))
            if value is not None
        ]
        if told and each.true_at >= started:
            marks.append((each.true_at, each.id, any(told)))
    return marks


def _episode(name: str, marks: Sequence[_Mark], started: datetime) -> dict[str, Filled]:
    """Return whether an effect was seen, when first, and when a later look no longer saw it."""
    if not marks:
        return {}
    seen = [(at, ref) for at, ref, is_there in marks if is_there]
    if not seen:
        return {name: Filled(NO, tuple(ref for _, ref, _ in marks))}
    later = [(at, ref) for at, ref, is_there in marks if not is_there and at > seen[-1][0]]
    return {
        name: Filled(YES, tuple(ref for _, ref in seen)),
        f"{name}_onset_min": Filled(_minutes(seen[0][0] - started), (seen[0][1],)),
        f"{name}_resolved_min": Filled(_minutes(later[0][0] - started), (later[0][1],))
        if later
        else Filled(),
    }


def _ready(
    entries: Sequence[SessionEntry], protocol: TreatmentProtocol, started: datetime, limits: LimitsInForce
) -> Filled:
    """Return when every criterion but the time was first seen to be met; who signs may know it earlier."""
    for count, entry in enumerate(entries, start=1):
        if entry.true_at <= started:
            continue
        then = replay(entries[:count])
        readiness = release_readiness(then, protocol, now=entry.true_at, limits=limits)
        if all(each.is_cleared for each in readiness.criteria):
            return Filled(_minutes(entry.true_at - started), (entry.ref,))
    return Filled()


def _pressure(reading: Reading) -> str:
    if reading.systolic is None or reading.diastolic is None:
        return ""
    return f"{reading.systolic:g}/{reading.diastolic:g}"


def _pressure_field(reading: Reading | None) -> Filled:
    value = _pressure(reading) if reading is not None else ""
    return Filled(value, (reading.id,)) if reading is not None and value else Filled()


def _minutes(span: timedelta) -> str:
    return str(span // _A_MINUTE)


def _yes_no(is_so: bool, entries: tuple[str, ...] = ()) -> Filled:
    return Filled(YES if is_so else NO, entries)
