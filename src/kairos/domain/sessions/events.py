"""What happens in a dosing session, as events: append-only, each with a type and a version.

An event holds ids, codes and numbers. Words of people are kept elsewhere and referred to by id, so
that they can be forgotten. A ``SessionEntry`` is an event with its place in the stream, when it was
true, when it was recorded and by whom.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from kairos.domain.protocols.dose_rules import DoseForm, MouthEnd
from kairos.domain.protocols.predose import Call
from kairos.domain.sessions.told import EntryDevice


class Source(StrEnum):
    """Whether a value came over a cable or from a hand."""

    DEVICE = "device"
    TYPED = "typed"


class SymptomState(StrEnum):
    """What was said of a symptom: it is there, it was asked for and is not, or it has gone."""

    PRESENT = "present"
    ABSENT = "absent"
    RESOLVED = "resolved"


class SymptomGrade(StrEnum):
    """How strong a symptom is, in the three words of everyday nursing; empty where nobody said."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


class NoteKind(StrEnum):
    """Which stream of notes a note belongs to."""

    PLAIN = "plain"
    THERAPY = "therapy"


class DissociationScale(StrEnum):
    """Which rating was used: nought to ten, CADSS-6 or the whole CADSS."""

    NOUGHT_TO_TEN = "nrs10"
    CADSS6 = "cadss6"
    CADSS = "cadss"


class StopReason(StrEnum):
    """Why an infusion was ended before its volume."""

    VITALS = "vitals"
    SYMPTOMS = "symptoms"
    SEDATION = "sedation"
    DISTRESS = "distress"
    PATIENT_WISH = "patient_wish"
    ACCESS_LOST = "access_lost"
    EMERGENCY = "emergency"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of all events. ``act`` is what the transition table knows it by."""

    type: ClassVar[str] = ""
    version: ClassVar[int] = 1

    @property
    def act(self) -> str:
        """The row of the transition table: the type, or the type with its outcome."""
        return self.type


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Event):
    """A session was opened for one patient, protocol and content: the release and the programme's values."""

    type: ClassVar[str] = "opened"
    patient_id: UUID
    protocol: str
    protocol_version: int
    content_version: str
    overlay_version: str = ""
    course_id: UUID | None = None
    number: int = 1
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityConfirmed(Event):
    """Two identifiers were checked at the chair; their names, never their values."""

    type: ClassVar[str] = "identity_confirmed"
    identifiers: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAnswered(Event):
    """One item of the same-day check was answered, with a word or with an instant."""

    type: ClassVar[str] = "check_answered"
    item: str
    answer: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoDecided(Event):
    """The check was called. The verdicts that led to it stay as they were recorded."""

    type: ClassVar[str] = "go_decided"
    call: Call
    not_met: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    baseline_entry: str = ""
    oxygen_accepted: bool = False

    @property
    def act(self) -> str:
        """Go, hold and stop lead to different phases."""
        return f"{self.type}_{self.call}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderBound(Event):
    """A verified dose order was bound to this session.

    An infusion has a rate and a bag; every other form has ``portions``, the mg of each in their order, and a
    lozenge says what becomes of it after it was held.
    """

    type: ClassVar[str] = "order_bound"
    order_id: UUID
    dose_mg: Decimal
    rate_mg_per_h: Decimal = Decimal(0)
    concentration_mg_per_mL: Decimal = Decimal(0)
    placed_by: UUID
    verified_by: UUID
    form: DoseForm = DoseForm.INFUSION
    portions: tuple[Decimal, ...] = ()
    mouth_end: MouthEnd | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionStarted(Event):
    """The pump runs."""

    type: ClassVar[str] = "infusion_started"
    rate_mg_per_h: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RateChanged(Event):
    """The pump was set to another rate."""

    type: ClassVar[str] = "rate_changed"
    rate_mg_per_h: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionPaused(Event):
    """The pump stands still and may run on."""

    type: ClassVar[str] = "infusion_paused"
    reason: StopReason = StopReason.OTHER


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionResumed(Event):
    """The pump runs on. ``decided_by`` is the prescriber, where a stop rule had fired."""

    type: ClassVar[str] = "infusion_resumed"
    rate_mg_per_h: Decimal
    decided_by: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionStopped(Event):
    """The infusion was ended before its volume, for a reason."""

    type: ClassVar[str] = "infusion_stopped"
    reason: StopReason


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionCompleted(Event):
    """The ordered volume is in."""

    type: ClassVar[str] = "infusion_completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PortionGiven(Event):
    """Base of what is given in whole portions: its mg, its number from 1, and whether it was the last.

    Lot and expiry are as printed on the device, vial or pack; empty where the protocol asks for none.
    """

    mg: Decimal
    number: int = 1
    is_last: bool = True
    lot: str = ""
    expires_on: date | None = None

    @property
    def act(self) -> str:
        """The last portion and one of several lead to different phases."""
        return self.type if self.is_last else f"{self.type}{OF_SEVERAL}"


OF_SEVERAL = "_of_several"


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectionGiven(PortionGiven):
    """An injection into a muscle was given, at a site named by a code."""

    type: ClassVar[str] = "injection_given"
    site: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceSprayed(PortionGiven):
    """One nasal device was emptied by the person, both sprays, while somebody watched."""

    type: ClassVar[str] = "device_sprayed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TabletTaken(PortionGiven):
    """A tablet or an oral dose was swallowed while somebody watched, in the room or over the camera."""

    type: ClassVar[str] = "tablet_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class LozengeTaken(PortionGiven):
    """A lozenge or dissolving tablet was put into the mouth; it is held until ``MouthEmptied``."""

    type: ClassVar[str] = "lozenge_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class MouthEmptied(Event):
    """What was held in the mouth was spat out or swallowed."""

    type: ClassVar[str] = "mouth_emptied"
    end: MouthEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class DosingStopped(Event):
    """No further portion is given, for a reason. What was given cannot be taken back."""

    type: ClassVar[str] = "dosing_stopped"
    reason: StopReason


class CheckInAnswer(StrEnum):
    """What a support person or the patient says at a check-in."""

    WELL = "well"
    WORRIED = "worried"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedIn(Event):
    """Somebody with the person said how they are. ``who`` is a role; the words, if any, are kept apart."""

    type: ClassVar[str] = "checked_in"
    answer: CheckInAnswer
    who: str = "support_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactNoted(Event):
    """The telephone of the patient or support person fell silent, or was heard again; ``who`` is a role."""

    type: ClassVar[str] = "contact_noted"
    who: str
    is_heard: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VitalsRecorded(Event):
    """Vital signs: mmHg, beats a minute, %, breaths a minute; any of them may be missing."""

    type: ClassVar[str] = "vitals_recorded"
    source: Source
    systolic: float | None = None
    diastolic: float | None = None
    heart_rate: float | None = None
    oxygen: float | None = None
    breathing: float | None = None
    oxygen_low_s: float | None = None
    heart_rate_high_s: float | None = None
    device: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SedationRated(Event):
    """MOAA/S, 0 to 5; 5 is fully awake."""

    type: ClassVar[str] = "sedation_rated"
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DissociationRated(Event):
    """How detached somebody feels, on the scale named."""

    type: ClassVar[str] = "dissociation_rated"
    scale: DissociationScale
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SymptomNoted(Event):
    """Symptoms seen or asked for; asked and absent is recorded as such. ``grade`` where somebody said it."""

    type: ClassVar[str] = "symptom_noted"
    codes: tuple[str, ...]
    state: SymptomState
    grade: SymptomGrade | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicineGiven(Event):
    """A rescue or supporting medicine was given, on whose word.

    ``drug`` is its ingredient, where the words named one; ``dose`` in ``unit``. Under a standing order
    ``ordered_by`` is who signed it. ``findings`` is what the check at that moment said (``rule=verdict``),
    ``acknowledged`` what of it the giver had read; in an ``emergency`` nothing was refused. The effect is to
    be asked for at ``effect_due_at``. Entries of earlier releases have none of these.
    """

    type: ClassVar[str] = "medicine_given"
    medicine: str
    amount: str
    route: str
    ordered_by: UUID
    drug: str = ""
    dose: Decimal | None = None
    unit: str = ""
    standing_order: UUID | None = None
    finding: str = ""
    emergency: bool = False
    findings: tuple[str, ...] = ()
    acknowledged: tuple[str, ...] = ()
    effect_due_at: datetime | None = None


class MedicineEffect(StrEnum):
    """What a medicine that was given did, as the person says or as it is seen."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    CANNOT_SAY = "cannot_say"


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicineEffectNoted(Event):
    """Somebody asked what a medicine did. ``given`` is the place of the entry that says it was given."""

    type: ClassVar[str] = "medicine_effect_noted"
    given: int
    effect: MedicineEffect


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded(Event):
    """A note was written; its words are kept apart under this id."""

    type: ClassVar[str] = "note_added"
    note_id: UUID
    kind: NoteKind = NoteKind.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRaised(Event):
    """A rule of watching fired. One alarm a rule and episode; later readings do not raise it again."""

    type: ClassVar[str] = "alarm_raised"
    alarm_id: UUID
    rule: str
    ref: str
    level: str
    message: str
    facts: tuple[str, ...]
    answer_by: datetime
    call: tuple[str, ...]
    card: str
    card_version: int
    promise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmTaken(Event):
    """Somebody promised to be at the chair."""

    type: ClassVar[str] = "alarm_taken"
    alarm_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmEscalated(Event):
    """No answer, or nothing after a promise, came in time; the next is called. ``step`` from 1, once each."""

    type: ClassVar[str] = "alarm_escalated"
    alarm_id: UUID
    step: int
    to: str
    answer_by: datetime
    deed: str = ""


class AlarmEnd(StrEnum):
    """Why an alarm was closed."""

    SETTLED = "settled"
    OUTRANKED = "outranked"
    SESSION_ENDED = "session_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmClosed(Event):
    """The alarm's condition no longer holds, a graver one stands in its place, or the person has gone."""

    type: ClassVar[str] = "alarm_closed"
    alarm_id: UUID
    end: AlarmEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseCriterionRecorded(Event):
    """Somebody looked at one criterion of release and said what they saw, in a word of the protocol."""

    type: ClassVar[str] = "release_criterion_recorded"
    criterion: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideRecorded(Event):
    """A prescriber goes on despite one finding. The reason's words are kept apart under an id."""

    type: ClassVar[str] = "override_recorded"
    rule: str
    reason_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Released(Event):
    """Time and criteria held, and the person went home with their escort."""

    type: ClassVar[str] = "released"
    met: tuple[str, ...]
    overridden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftAgainstAdvice(Event):
    """The person left before they could be released. Never a release."""

    type: ClassVar[str] = "left_against_advice"
    not_met: tuple[str, ...]
    reason_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred(Event):
    """Emergency services took over."""

    type: ClassVar[str] = "transferred"
    to: str


class CancelReason(StrEnum):
    """Why a session ended before a dose."""

    CHECK_FAILED = "check_failed"
    PATIENT_WISH = "patient_wish"
    CLINIC = "clinic"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled(Event):
    """The session ended before a dose."""

    type: ClassVar[str] = "cancelled"
    reason: CancelReason


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchOffered(Event):
    """Whoever watches offers the watch to somebody; until that person takes it, nothing has changed.

    ``until`` makes it the cover of a break, with its end; the watch falls back by the same two acts.
    """

    type: ClassVar[str] = "watch_offered"
    to: UUID
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Event):
    """Another person now watches, and said so themselves."""

    type: ClassVar[str] = "handed_over"
    to: UUID


class WatchFault(StrEnum):
    """What is wrong with the watch of a session, though it has a name."""

    SIGNED_OUT = "signed_out"
    SILENT = "silent"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchLost(Event):
    """Whoever watches has signed out of all their screens, shows no sign of life, or watches too many."""

    type: ClassVar[str] = "watch_lost"
    fault: WatchFault


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchFound(Event):
    """What was wrong with the watch is over, the watcher being the same."""

    type: ClassVar[str] = "watch_found"
    fault: WatchFault


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Event):
    """An earlier entry is amended: it stands as it was, and is read as said here.

    ``replacement`` is an event of the same type, or None where an observation is withdrawn;
    ``true_at`` replaces when it was true.
    """

    type: ClassVar[str] = "corrected"
    amends: int
    replacement: Event | None = None
    true_at: datetime | None = None
    reason_id: UUID | None = None


EVENTS: dict[str, type[Event]] = {
    each.type: each
    for each in (
        Opened,
        IdentityConfirmed,
        CheckAnswered,
        GoDecided,
        OrderBound,
        InfusionStarted,
        RateChanged,
        InfusionPaused,
        InfusionResumed,
        InfusionStopped,
        InfusionCompleted,
        InjectionGiven,
        DeviceSprayed,
        TabletTaken,
        LozengeTaken,
        MouthEmptied,
        DosingStopped,
        CheckedIn,
        ContactNoted,
        VitalsRecorded,
        SedationRated,
        DissociationRated,
        SymptomNoted,
        MedicineGiven,
        MedicineEffectNoted,
        NoteAdded,
        AlarmRaised,
        AlarmTaken,
        AlarmEscalated,
        AlarmClosed,
        ReleaseCriterionRecorded,
        OverrideRecorded,
        Released,
        LeftAgainstAdvice,
        Transferred,
        Cancelled,
        WatchOffered,
        HandedOver,
        WatchLost,
        WatchFound,
        Corrected,
    )
}

OBSERVATIONS: frozenset[type[Event]] = frozenset(
    {
        *(VitalsRecorded, SedationRated, DissociationRated, SymptomNoted),
        *(MedicineGiven, MedicineEffectNoted, NoteAdded, CheckedIn, ContactNoted),
    }
)
"""What people see and do at the chair without moving the session on. Only these may be withdrawn."""


PORTIONS: dict[DoseForm, type[PortionGiven]] = {
    DoseForm.INJECTION: InjectionGiven,
    DoseForm.DEVICE: DeviceSprayed,
    DoseForm.TABLET: TabletTaken,
    DoseForm.LOZENGE: LozengeTaken,
}
"""Which event says that a portion of a form was given."""


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """One event in its place: ``seq`` from 1 without gaps, when it was true, when and by whom recorded.

    ``made_on`` is the device it was entered on, where that device said so.
    """

    seq: int
    event: Event
    true_at: datetime
    recorded_at: datetime
    by: UUID
    made_on: EntryDevice | None = None

    @property
    def ref(self) -> str:
        """The id that findings name this entry by."""
        return str(self.seq)
