"""What somebody on the list of the day still lacks: of what is arranged, and what is asked at the chair."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairos.domain.protocols.day_list import (
    Arranged,
    Lack,
    asked_at_the_chair,
    lack_of_item,
    lacks_before_arrival,
)
from kairos.domain.protocols.rems import stands
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.domain.sessions.monitoring_form import ENROLMENT
from kairos.domain.sessions.picture import Picture
from kairos.queries.courses import consent_of, decision_of
from kairos.queries.medicines import plan_standing_of
from kairos.store.repositories import orders, rems, tasks
from kairos.store.repositories.courses import PlannedSession
from kairos.vocab.finding import Finding
from kairos.vocab.people import Scope
from kairos.vocab.verdict import Severity, Verdict

FORM_TASK = "monitoring_form"


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing somebody lacks, and the findings that say why, where there are any.

    ``subject`` is the session of a form that is owed.
    """

    lack: Lack
    findings: tuple[Finding, ...] = ()
    subject: UUID | None = None


def lacking_before(
    scope: Scope,
    planned: PlannedSession,
    protocol: TreatmentProtocol,
    *,
    has_watcher: bool,
    owed: Iterable[tasks.Task],
    now: datetime,
) -> tuple[Lacking, ...]:
    """Return what is lacking of what is arranged before somebody sits at the chair."""
    person_id = planned.person_id
    consent = consent_of(scope, person_id, now=now, protocol=protocol.id)
    decision = decision_of(scope, person_id, now=now)
    standing = [each for each in orders.orders_of_session(scope, planned.id) if each.invalidation is None]
    forms = [task.subject for task in owed if task.person_id == person_id and task.kind == FORM_TASK]
    plan = plan_standing_of(scope, planned.programme_id, person_id, now, route=protocol.route)
    certified, enrolled = _rems(scope, planned, protocol, now)
    arranged = Arranged(
        consent=consent.verdict,
        decision=decision.verdict,
        medicines=plan.verdict,
        has_order=bool(standing),
        is_checked=bool(standing) and standing[0].verification is not None,
        has_chair=planned.place_id is not None,
        has_watcher=has_watcher,
        certified=certified,
        enrolled=enrolled,
        owes_form=bool(forms),
    )
    said = {Lack.CONSENT: (consent,), Lack.DECISION: (decision,)}
    form = forms[0] if forms else None
    return tuple(
        Lacking(lack, said.get(lack, ()), form if lack is Lack.FORM else None)
        for lack in lacks_before_arrival(arranged)
    )


def _rems(
    scope: Scope, planned: PlannedSession, protocol: TreatmentProtocol, now: datetime
) -> tuple[Verdict | None, Verdict | None]:
    """Return how site and person stand in the REMS on the day of the appointment; None where not asked."""
    if not any(item.id == ENROLMENT for item in protocol.checks):
        return None, None
    on = planned.starts_at.date()
    sites = rems.certifications(scope, [planned.site_id] if planned.site_id else [])
    people = rems.enrolments(scope, [planned.person_id])
    site = sites.get(planned.site_id) if planned.site_id else None
    person = people.get(planned.person_id)
    return (
        stands(site.statement if site else None, today=on),
        stands(person.statement if person else None, today=on),
    )


def lacking_at_the_chair(picture: Picture) -> tuple[Lacking, ...]:
    """Return what the same-day check of an opened session still lacks, each with its findings."""
    found: dict[Lack, list[Finding]] = {}
    for lack, finding in _open_findings(picture):
        found.setdefault(lack, []).append(finding)
    lacking = [Lacking(lack, tuple(found[lack])) for lack in Lack if lack in found]
    if picture.state.identity_by is None:
        lacking.insert(0, Lacking(Lack.IDENTITY))
    if picture.state.order is None:
        lacking.insert(0, Lacking(Lack.ORDER_CHOICE))
    return tuple(lacking)


def _open_findings(picture: Picture) -> Iterator[tuple[Lack, Finding]]:
    """Yield what keeps the dose, under the name of what is lacking; what a prescriber passed is not."""
    check, items = picture.check, {f"predose.{item.id}": item for item in picture.protocol.checks}
    for finding in check.findings:
        is_passed = finding.severity in _PASSED and finding.rule not in check.needs_reason
        if finding.verdict is Verdict.MET or (finding.verdict is Verdict.NOT_MET and is_passed):
            continue
        item = items.get(finding.rule)
        yield (lack_of_item(item) if item is not None else Lack.SIGNS), finding


_PASSED = frozenset({Severity.CAUTION, Severity.RELATIVE})


def asked_later(protocol: TreatmentProtocol) -> Sequence[Lack]:
    """Return what is asked at the chair, for somebody who is not there yet."""
    return asked_at_the_chair(protocol.checks)
