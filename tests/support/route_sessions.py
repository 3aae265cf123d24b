"""Sessions by any route for tests: a stream that follows its protocol, at minutes from ten o'clock."""

from datetime import date
from decimal import Decimal

from kairos.content.release import load_release
from kairos.domain.protocols.dose_rules import DoseForm, MouthEnd
from kairos.domain.protocols.predose import Call
from kairos.domain.protocols.treatment_protocol import CheckKind, TreatmentProtocol
from kairos.domain.sessions.events import (
    PORTIONS,
    CheckAnswered,
    CheckedIn,
    CheckInAnswer,
    GoDecided,
    IdentityConfirmed,
    InfusionCompleted,
    InfusionStarted,
    MouthEmptied,
    Opened,
    OrderBound,
    PortionGiven,
    ReleaseCriterionRecorded,
    VitalsRecorded,
)
from kairos.domain.sessions.picture import Picture, look
from tests.support.dosing_sessions import NURSE, ORDER, PATIENT, PRESCRIBER, WELL, Stream, at, limits

ROUTES = tuple(sorted(load_release().protocols))
PORTIONED = tuple(name for name in ROUTES if name != "iv_racemic_clinic")
DOSES = {
    DoseForm.INFUSION: (),
    DoseForm.INJECTION: (Decimal(20), Decimal(15)),
    DoseForm.DEVICE: (Decimal(28), Decimal(28)),
    DoseForm.TABLET: (Decimal(50), Decimal(50)),
    DoseForm.LOZENGE: (Decimal(100),),
}
LONG_AGO = -48 * 60
EXPIRES = date(2027, 6, 30)


def protocol_of(name: str) -> TreatmentProtocol:
    """Return a shipped protocol."""
    return load_release().protocols[name]


class RouteStream(Stream):
    """A growing stream under one protocol."""

    def __init__(self, name: str, *, protocol: TreatmentProtocol | None = None) -> None:
        super().__init__()
        self.protocol = protocol or protocol_of(name)

    def look(self, minute: float) -> Picture:
        """Look at the session at a minute."""
        return look(self.state, self.protocol, now=at(minute), limits=limits())

    def portion(self, minute: float, place: int = 1, **changes: object) -> "RouteStream":
        """Append one portion of the order, its lot and expiry read from the device."""
        portions = self.state.order.portions
        fields = {"mg": portions[place - 1], "number": place, "is_last": place == len(portions)}
        given = PORTIONS[self.protocol.dose.form](**(fields | {"lot": "L1", "expires_on": EXPIRES} | changes))
        self.add(given, minute)
        return self

    def check_in(self, minute: float, answer: str = "well") -> "RouteStream":
        """Append what the support person said."""
        self.add(CheckedIn(answer=CheckInAnswer(answer)), minute)
        return self


def passing(protocol: TreatmentProtocol) -> dict[str, str]:
    """Return for each item of a check an answer that passes."""
    return {
        item.id: next(word for word, severity in item.answers.items() if severity is None)
        for item in protocol.checks
        if item.kind is not CheckKind.SINCE
    }


def an_order(form: DoseForm, portions: tuple[Decimal, ...] | None = None) -> OrderBound:
    """Return an order of a form; an infusion's where it is one."""
    given = DOSES[form] if portions is None else portions
    is_infusion = form is DoseForm.INFUSION
    return OrderBound(
        order_id=ORDER,
        dose_mg=Decimal(34) if is_infusion else sum(given, Decimal(0)),
        rate_mg_per_h=Decimal(51) if is_infusion else Decimal(0),
        concentration_mg_per_mL=Decimal(1) if is_infusion else Decimal(0),
        placed_by=PRESCRIBER,
        verified_by=NURSE,
        form=form,
        portions=given,
        mouth_end=MouthEnd.SPAT if form is DoseForm.LOZENGE else None,
    )


def checked(name: str, *, protocol: TreatmentProtocol | None = None, **answers: str) -> RouteStream:
    """Return a session with every item answered, a baseline and its order; ten minutes before the dose."""
    stream = RouteStream(name, protocol=protocol)
    drawn = stream.protocol
    opened = Opened(
        patient_id=PATIENT, protocol=drawn.id, protocol_version=drawn.version, content_version="t"
    )
    stream.add(opened, -30).add(IdentityConfirmed(identifiers=("name", "born_on")), -29)
    for item, answer in {**passing(drawn), **answers}.items():
        stream.add(CheckAnswered(item=item, answer=answer), -28)
    for item in drawn.checks:
        if item.kind is CheckKind.SINCE:
            stream.add(CheckAnswered(item=item.id, answered_at=at(LONG_AGO)), -28)
    stream.sedation(-16, 5).detachment(-16, 1).vitals(-25, **WELL).vitals(-15, **WELL)
    stream.add(an_order(drawn.dose.form), -9)
    return stream


def ready(name: str, *, protocol: TreatmentProtocol | None = None, **answers: str) -> RouteStream:
    """Return a session decided a go on its newest reading."""
    stream = checked(name, protocol=protocol, **answers)
    baseline = [each.ref for each in stream.entries if isinstance(each.event, VitalsRecorded)][-1]
    stream.add(GoDecided(call=Call.GO, baseline_entry=baseline), -2)
    return stream


def dosed(name: str, *, protocol: TreatmentProtocol | None = None) -> RouteStream:
    """Return a session in which all that was ordered was given; the first of it at ten sharp."""
    stream = ready(name, protocol=protocol)
    if stream.protocol.dose.form is DoseForm.INFUSION:
        stream.add(InfusionStarted(rate_mg_per_h=Decimal(51)), 0).add(InfusionCompleted(), 40)
        return stream
    for place in range(len(stream.state.order.portions)):
        stream.portion(5 * place, place + 1)
    if stream.protocol.dose.form is DoseForm.LOZENGE:
        stream.add(MouthEmptied(end=MouthEnd.SPAT), 10)
    return stream


def releasable(name: str, minute: float, *, protocol: TreatmentProtocol | None = None) -> RouteStream:
    """Return a session in which every criterion was seen to be met at a minute."""
    stream = dosed(name, protocol=protocol)
    stream.vitals(minute, **WELL).sedation(minute, 5).detachment(minute, 1)
    for item in stream.protocol.release:
        answer = next(word for word, meets in item.answers.items() if meets)
        stream.add(ReleaseCriterionRecorded(criterion=item.id, answer=answer), minute)
    return stream


def portions_given(stream: RouteStream) -> list[PortionGiven]:
    """Return the portions of a stream, in the order in which they were recorded."""
    return [each.event for each in stream.entries if isinstance(each.event, PortionGiven)]
