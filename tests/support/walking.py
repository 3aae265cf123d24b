"""Walking through a protocol: any act at any moment, and what must be true of whatever was let through.

What is expected here is written by hand from the label, the REMS and the threshold tables, and reads
nothing of the engine but its streams: it catches an engine, or a protocol, that lets too much through.
"""

from collections.abc import Callable
from copy import copy
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from kairos.domain.protocols.dose_rules import DoseForm, MouthEnd
from kairos.domain.protocols.predose import Call
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.domain.sessions import events as e
from kairos.domain.sessions.gates import check_event
from kairos.domain.sessions.phases import TRANSITIONS, Phase
from kairos.domain.sessions.picture import Picture, decide, look
from kairos.domain.sessions.state import DosingSessionState, replay
from kairos.vocab.errors import InvalidInput, NotAllowed
from tests.support.dosing_sessions import NURSE, ORDER, PATIENT, PRESCRIBER, WELL, at, limits
from tests.support.route_sessions import EXPIRES, an_order, passing

ANOTHER = UUID("00000000-0000-7000-8000-00000000000e")
LEAST_MINUTES = {
    "iv_racemic_clinic": ("end", 60),
    "im_racemic_clinic": ("end", 120),
    "esketamine_clinic": ("first", 120),
    "nasal_racemic_clinic": ("first", 120),
    "sublingual_clinic": ("first", 120),
    "sublingual_home": ("first", 120),
    "oral_clinic": ("first", 120),
    "oral_home": ("first", 120),
}
GAP_MINUTES = {"esketamine_clinic": 5, "im_racemic_clinic": 5, "nasal_racemic_clinic": 5}
NEVER_DOSED_ON = {
    "consent_current": {"missing"},
    "intoxicated": {"yes"},
    "health_change": {"serious"},
    "mood": {"elated"},
    "suicidality": {"high"},
    "pregnancy": {"test_positive", "not_tested"},
    "medicine_plan": {"missing"},
    "new_medicines": {"not_reviewed"},
    "drug_screen": {"unexpected"},
    "site_ready": {"not_ready"},
    "escort": {"not_confirmed"},
    "site_certified": {"not_certified"},
    "patient_enrolled": {"not_enrolled"},
    "prescriber_on_site": {"not_on_site"},
    "pulse_oximeter": {"missing"},
    "counselled": {"not_done"},
    "support_person": {"present_untrained", "absent"},
    "support_sober": {"not_sober"},
    "emergency_plan": {"not_verified"},
    "contact": {"none"},
    "room": {"not_ready"},
    "oximeter": {"called_for_and_missing"},
}
NOT_ON_A_REASON = {
    "medicines_held": {"not_as_agreed"},
    "health_change": {"minor"},
    "mood": {"much_worse"},
    "suicidality": {"moderate", "low"},
    "sleep": {"poor"},
    "contact": {"call"},
}
LEAVING = {
    "orthostatic": {"none"},
    "orientation": {"four_of_four"},
    "mobility": {"steady"},
    "nausea": {"none", "keeps_fluid"},
    "suicidality": {"none", "low", "known_q3", "psychiatrist_released"},
    "escort": {"present_and_agreed", "stays_and_agreed"},
}
GIVING = (e.InfusionStarted, e.PortionGiven)


class Wrong(AssertionError):
    """Something was let through that must not be."""


class Walk:
    """One session being walked: a stream that grows only by what the engine lets through."""

    def __init__(self, protocol: TreatmentProtocol) -> None:
        self.protocol = protocol
        self.entries: list[e.SessionEntry] = []
        self.minute = -40.0
        self.walked: set[tuple[str, str]] = set()
        self.state = DosingSessionState()
        self.say(
            e.Opened(
                patient_id=PATIENT,
                protocol=protocol.id,
                protocol_version=protocol.version,
                content_version="t",
            )
        )

    @property
    def now(self) -> datetime:
        """The moment of the walk."""
        return at(self.minute)

    def look(self) -> Picture:
        """Return the picture at the present moment."""
        return look(self.state, self.protocol, now=self.now, limits=limits())

    def wait(self, minutes: float) -> "Walk":
        """Let time go by."""
        self.minute += minutes
        return self

    def say(self, event: e.Event, *, by: UUID = NURSE) -> bool:
        """Try an event now; return whether the engine let it through, and judge what it let through."""
        phase = self.state.phase
        try:
            check_event(self.look(), event, true_at=self.now)
        except (NotAllowed, InvalidInput):
            return False
        self.entries.append(e.SessionEntry(len(self.entries) + 1, event, self.now, self.now, by))
        judge(self, event)
        self.state = replay(self.entries)
        self.walked.add((str(phase), event.act))
        if self.state.phase is not TRANSITIONS[phase, event.act]:
            raise Wrong(f"{event.act} led from {phase} to {self.state.phase}")
        return True

    def copy(self) -> "Walk":
        """Return a session that stands where this one stands and goes its own way from here."""
        other = copy(self)
        other.entries, other.walked = [*self.entries], {*self.walked}
        return other

    def answer(self) -> "Walk":
        """Answer every item so that it passes; all of them in one breath."""
        words = passing(self.protocol)
        for item in self.protocol.checks:
            word = words.get(item.id)
            given = {"answer": word} if word is not None else {"answered_at": at(-48 * 60)}
            event = e.CheckAnswered(item=item.id, **given)
            check_event(self.look(), event, true_at=self.now)
            self.entries.append(e.SessionEntry(len(self.entries) + 1, event, self.now, self.now, NURSE))
        self.walked.add((str(self.state.phase), "check_answered"))
        self.state = replay(self.entries)
        return self

    def read(self, **values: float) -> "Walk":
        """Take everything at the chair, well but for the values named."""
        self.say(e.VitalsRecorded(source=e.Source.TYPED, **{**WELL, **values}))
        self.say(e.SedationRated(score=5))
        self.say(e.DissociationRated(scale=e.DissociationScale.NOUGHT_TO_TEN, score=1))
        return self

    def see_off(self) -> "Walk":
        """Look at every criterion of release and find it met."""
        for item in self.protocol.release:
            word = next(each for each in item.answers if each in LEAVING.get(item.id, {each}))
            self.say(e.ReleaseCriterionRecorded(criterion=item.id, answer=word))
        return self

    def prepare(self) -> "Walk":
        """Do everything that comes before a go."""
        self.say(e.IdentityConfirmed(identifiers=("name", "born_on")))
        self.answer().read().wait(2).read()
        self.say(an_order(self.protocol.dose.form))
        self.say(decide(self.look()))
        return self.wait(1)

    def dose_event(self) -> e.Event:
        """Return the next of the dose, as ordered."""
        order = self.state.order or an_order(self.protocol.dose.form)
        if self.protocol.dose.form is DoseForm.INFUSION:
            return e.InfusionStarted(rate_mg_per_h=order.rate_mg_per_h)
        place = min(len(self.state.portions), len(order.portions) - 1)
        return e.PORTIONS[self.protocol.dose.form](
            mg=order.portions[place],
            number=place + 1,
            is_last=place + 1 == len(order.portions),
            lot="L1",
            expires_on=EXPIRES,
        )


def judge(walk: Walk, event: e.Event) -> None:
    """Raise Wrong where what was just let through must not have been."""
    for kind, expect in _EXPECTED:
        if isinstance(event, kind):
            expect(walk, event)


def _dose(walk: Walk, event: e.Event) -> None:
    before = [each for each in walk.entries[:-1]]
    if not any(isinstance(each.event, e.IdentityConfirmed) for each in before):
        raise Wrong("dosed without identity")
    if not any(isinstance(each.event, e.Opened | e.HandedOver) and each.by for each in before):
        raise Wrong("dosed while nobody is named who watches")
    calls = [each.event.call for each in before if isinstance(each.event, e.GoDecided)]
    if not calls or calls[-1] != Call.GO:
        raise Wrong("dosed without a go")
    orders = [each.event for each in before if isinstance(each.event, e.OrderBound)]
    if not orders or orders[-1].placed_by == orders[-1].verified_by:
        raise Wrong("dosed without an order checked by another")
    given = [each.at for each in walk.state.dose.portions]
    pressures = [each for each in walk.state.readings if each.has_both_pressures]
    if not given and (not pressures or walk.now - pressures[-1].true_at > timedelta(minutes=30)):
        raise Wrong("dosed without a fresh pressure")
    if any(_stops(walk)):
        raise Wrong("dosed while a stop rule holds")
    gap = GAP_MINUTES.get(walk.protocol.id, 0)
    if given and walk.now - given[-1] < timedelta(minutes=gap):
        raise Wrong(f"dosed less than {gap} min after the one before")
    if isinstance(event, e.PortionGiven) and walk.protocol.id in (
        "esketamine_clinic",
        "nasal_racemic_clinic",
    ):
        if not event.lot.strip() or event.expires_on is None or event.expires_on < walk.now.date():
            raise Wrong("a device without a lot in date")


def _stops(walk: Walk) -> list[bool]:
    pressures = [each for each in walk.state.readings if each.has_pressure][-2:]
    high = [(each.systolic or 0) >= 180 or (each.diastolic or 0) >= 110 for each in pressures]
    is_pair = len(pressures) == 2 and timedelta(minutes=4) <= pressures[1].true_at - pressures[0].true_at
    oxygen = [each.oxygen for each in walk.state.readings if each.oxygen is not None][-1:]
    rated = [each.event.score for each in walk.state.seen(e.SedationRated)][-1:]
    return [
        is_pair and all(high) and pressures[1].true_at - pressures[0].true_at <= timedelta(minutes=10),
        *(value < 88 for value in oxygen),
        *(score <= 3 for score in rated),
    ]


def _go(walk: Walk, event: e.Event) -> None:
    if not isinstance(event, e.GoDecided) or event.call != Call.GO:
        return
    answers = {item: given.answer for item, given in walk.state.answers.items()}
    asked = {item.id for item in walk.protocol.checks}
    if set(answers) != asked:
        raise Wrong(f"a go without {', '.join(sorted(asked - set(answers)))}")
    reasons = {each.event.rule for each in walk.state.overrides}
    for item, word in answers.items():
        if word in NEVER_DOSED_ON.get(item, set()):
            raise Wrong(f"a go although {item} is {word}")
        if word in NOT_ON_A_REASON.get(item, set()) and f"predose.{item}" not in reasons:
            raise Wrong(f"a go although {item} is {word}, and nobody gave a reason")
    newest = [each for each in walk.state.readings if each.has_both_pressures]
    if not newest or newest[-1].systolic >= 160 or newest[-1].diastolic >= 100:
        raise Wrong("a go without a pressure, or on a hard one")


def _release(walk: Walk, _event: e.Event) -> None:
    dose, now = walk.state.dose, walk.now
    counted, least = LEAST_MINUTES[walk.protocol.id]
    since = dose.started_at if counted == "first" else dose.ended_at
    if since is None or dose.ended_at is None or now - since < timedelta(minutes=least):
        raise Wrong(f"released before {least} min")
    rated = walk.state.seen(e.SedationRated)
    if not rated or rated[-1].event.score != 5 or now - rated[-1].true_at > timedelta(minutes=15):
        raise Wrong("released not fully awake")
    overridden = {each.event.rule for each in walk.state.overrides}
    newest = [each for each in walk.state.readings if each.has_both_pressures][-1]
    is_recent = now - newest.true_at <= timedelta(minutes=15)
    if (
        not (is_recent and newest.systolic < 160 and newest.diastolic < 100)
        and "release.vitals" not in overridden
    ):
        raise Wrong("released with a pressure too high or too old")
    for item, words in LEAVING.items():
        seen = walk.state.criteria.get(item)
        if (seen is None or seen.event.answer not in words) and f"release.{item}" not in overridden:
            raise Wrong(f"released although {item} is not met")
    if walk.protocol.id == "esketamine_clinic":
        breaths = [each.breathing for each in walk.state.readings if each.breathing is not None]
        detached = walk.state.seen(e.DissociationRated)
        if not breaths or breaths[-1] < 10 or not detached or detached[-1].event.score > 2:
            raise Wrong("released after esketamine before breathing and detachment settled")


def _watch_changed(walk: Walk, event: e.Event) -> None:
    """An act of both: offered to this person since the watch last changed, or the watcher was gone."""
    asked, gone = None, set()
    for each in walk.entries[:-1]:
        match each.event:
            case e.HandedOver():
                asked, gone = None, set()
            case e.WatchOffered():
                asked = each.event.to
            case e.WatchLost():
                gone.add(each.event.fault)
            case e.WatchFound():
                gone.discard(each.event.fault)
    if isinstance(event, e.HandedOver) and asked != event.to and gone <= {e.WatchFault.TOO_MANY}:
        raise Wrong("the watch changed by one person's act alone")


def check_every_alarm_is_answered_or_climbs(walk: Walk) -> None:
    """Raise Wrong where an alarm ended unseen, or stands with nobody coming and somebody left to call."""
    for place, entry in enumerate(walk.entries):
        if isinstance(entry.event, e.AlarmRaised):
            _check_life(entry.event, [each.event for each in walk.entries[place + 1 :]])
    if walk.entries and walk.state.watched_by is None:
        raise Wrong("nobody watches")


def _check_life(raised: e.AlarmRaised, after: list[e.Event]) -> None:
    own = [each for each in after if getattr(each, "alarm_id", None) == raised.alarm_id]
    is_taken = any(isinstance(each, e.AlarmTaken) for each in own)
    reached = max((each.step for each in own if isinstance(each, e.AlarmEscalated)), default=0)
    closed = next((each for each in own if isinstance(each, e.AlarmClosed)), None)
    if closed is None and not is_taken and reached < len(raised.call) - 1:
        raise Wrong(f"{raised.rule} stands, nobody came, and somebody was never called")
    if closed is not None and not is_taken and closed.end != e.AlarmEnd.OUTRANKED:
        raise Wrong(f"{raised.rule} was closed and nobody had taken it")


_EXPECTED: tuple[tuple[type | tuple[type, ...], Callable[[Walk, e.Event], None]], ...] = (
    (GIVING, _dose),
    (e.GoDecided, _go),
    (e.Released, _release),
    (e.HandedOver, _watch_changed),
)


def events_for(act: str, walk: Walk, *, well: bool) -> e.Event | None:
    """Return an event for an act; one in which things go badly where not ``well``."""
    if act.startswith(
        ("injection_given", "device_sprayed", "tablet_taken", "lozenge_taken", "infusion_started")
    ):
        made = walk.dose_event()
        return made if made.act == act else None
    if act.startswith("go_decided"):
        return e.GoDecided(call=Call(act.removeprefix("go_decided_")), baseline_entry=_newest_pressure(walk))
    found = _PLAIN.get(act)
    return found(walk, well) if found is not None else None


def _newest_pressure(walk: Walk) -> str:
    complete = [each.id for each in walk.state.readings if each.has_both_pressures]
    return complete[-1] if complete else ""


def _answer(walk: Walk, well: bool) -> e.Event:
    item = walk.protocol.checks[0 if well else len(walk.entries) % len(walk.protocol.checks)]
    words = list(item.answers)
    if not words:
        return e.CheckAnswered(item=item.id, answered_at=at(-48 * 60 if well else walk.minute - 5))
    return e.CheckAnswered(item=item.id, answer=passing(walk.protocol)[item.id] if well else words[-1])


def _vitals(_walk: Walk, well: bool) -> e.Event:
    bad = {"systolic": 186, "diastolic": 112, "oxygen": 91, "breathing": 9}
    return e.VitalsRecorded(source=e.Source.TYPED, **(WELL if well else {**WELL, **bad}))


def _criterion(walk: Walk, well: bool) -> e.Event:
    item = walk.protocol.release[len(walk.entries) % len(walk.protocol.release)]
    words = {meets: word for word, meets in item.answers.items()}
    return e.ReleaseCriterionRecorded(criterion=item.id, answer=words[well])


def _alarm(_walk: Walk, _well: bool) -> e.AlarmRaised:
    return e.AlarmRaised(
        alarm_id=ANOTHER,
        rule="monitoring.distress",
        ref="5.1",
        level="caution",
        message="m",
        facts=(),
        answer_by=at(0),
        call=("nurse", "clinician"),
        card="distress",
        card_version=1,
        promise="alarm.promise",
    )


def _of_alarm(make: Callable[[UUID], e.Event]) -> Callable[[Walk, bool], e.Event | None]:
    return lambda walk, _well: next((make(each) for each in walk.state.alarms), None)


def _amends(walk: Walk, _well: bool) -> e.Event:
    return e.Corrected(amends=1, true_at=walk.entries[0].true_at)


def _offered(walk: Walk, well: bool) -> e.Event:
    to = NURSE if walk.state.watched_by == PRESCRIBER else PRESCRIBER
    return e.WatchOffered(to=to, until=None if well else walk.now + timedelta(minutes=20))


def _override(walk: Walk, well: bool) -> e.Event:
    rule = "release.vitals" if walk.state.phase is Phase.OBSERVING else "predose.sleep"
    return e.OverrideRecorded(rule=rule if well else "release.time", reason_id=ORDER)


_PLAIN: dict[str, Callable[[Walk, bool], e.Event | None]] = {
    "identity_confirmed": lambda _w, _ok: e.IdentityConfirmed(identifiers=("name", "born_on")),
    "check_answered": _answer,
    "order_bound": lambda w, ok: an_order(
        w.protocol.dose.form if ok or w.protocol.dose.form is DoseForm.LOZENGE else DoseForm.LOZENGE
    ),
    "override_recorded": _override,
    "rate_changed": lambda _w, ok: e.RateChanged(rate_mg_per_h=Decimal(40 if ok else 90)),
    "infusion_paused": lambda _w, _ok: e.InfusionPaused(),
    "infusion_resumed": lambda _w, ok: e.InfusionResumed(
        rate_mg_per_h=Decimal(51), decided_by=PRESCRIBER if ok else None
    ),
    "infusion_stopped": lambda _w, _ok: e.InfusionStopped(reason=e.StopReason.VITALS),
    "infusion_completed": lambda _w, _ok: e.InfusionCompleted(),
    "mouth_emptied": lambda _w, ok: e.MouthEmptied(end=MouthEnd.SPAT if ok else MouthEnd.SWALLOWED),
    "dosing_stopped": lambda _w, _ok: e.DosingStopped(reason=e.StopReason.DISTRESS),
    "contact_noted": lambda _w, ok: e.ContactNoted(who="patient", is_heard=ok),
    "checked_in": lambda _w, ok: e.CheckedIn(
        answer=e.CheckInAnswer.WELL if ok else e.CheckInAnswer.EMERGENCY
    ),
    "vitals_recorded": _vitals,
    "sedation_rated": lambda _w, ok: e.SedationRated(score=5 if ok else 4),
    "dissociation_rated": lambda _w, ok: e.DissociationRated(
        scale=e.DissociationScale.NOUGHT_TO_TEN, score=1 if ok else 9
    ),
    "symptom_noted": lambda _w, ok: e.SymptomNoted(
        codes=("chest_pain",), state=e.SymptomState.ABSENT if ok else e.SymptomState.PRESENT
    ),
    "medicine_given": lambda _w, _ok: e.MedicineGiven(
        medicine="ondansetron", amount="4 mg", route="oral", ordered_by=PRESCRIBER
    ),
    "note_added": lambda _w, _ok: e.NoteAdded(note_id=ORDER),
    "corrected": _amends,
    "alarm_raised": _alarm,
    "alarm_taken": _of_alarm(lambda each: e.AlarmTaken(alarm_id=each)),
    "alarm_escalated": _of_alarm(
        lambda each: e.AlarmEscalated(alarm_id=each, step=1, to="clinician", answer_by=at(0))
    ),
    "alarm_closed": _of_alarm(lambda each: e.AlarmClosed(alarm_id=each, end=e.AlarmEnd.SETTLED)),
    "handed_over": lambda w, _ok: e.HandedOver(to=w.state.offer.to if w.state.offer else PRESCRIBER),
    "watch_offered": _offered,
    "watch_lost": lambda _w, ok: e.WatchLost(fault=e.WatchFault.TOO_MANY if ok else e.WatchFault.SILENT),
    "watch_found": lambda _w, ok: e.WatchFound(fault=e.WatchFault.TOO_MANY if ok else e.WatchFault.SILENT),
    "release_criterion_recorded": _criterion,
    "released": lambda _w, _ok: e.Released(met=()),
    "left_against_advice": lambda _w, _ok: e.LeftAgainstAdvice(not_met=("release.time",)),
    "transferred": lambda _w, _ok: e.Transferred(to="ems"),
    "cancelled": lambda _w, _ok: e.Cancelled(reason=e.CancelReason.CLINIC),
    "opened": lambda w, _ok: w.entries[0].event,
}
