"""Adverse events, incidents, standing orders: statements and their reviews. Nothing here is ever changed."""

from typing import Any

from django.db import models
from django.db.models import Q

from kairos.store.records.base import PatientRecord, ProgrammeRecord

_MOST_DIGITS, _PLACES = 12, 4


def _amount(**more: Any) -> Any:
    """Return a column for an exact amount of a medicine."""
    return models.DecimalField(max_digits=_MOST_DIGITS, decimal_places=_PLACES, **more)


class StandingOrder(ProgrammeRecord):
    """What may be given for a finding without asking first, signed by a prescriber of the programme."""

    drug = models.TextField()
    dose = _amount()
    unit = models.TextField()
    route = models.TextField()
    most = _amount()
    finding = models.TextField()
    effect_after_min = models.IntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    signed_by = models.UUIDField()
    signed_at = models.DateTimeField()


class StandingOrderEnd(ProgrammeRecord):
    """That a standing order holds no longer, and why."""

    order = models.OneToOneField(StandingOrder, models.PROTECT, related_name="end")
    reason = models.TextField()
    ended_by = models.UUIDField()
    ended_at = models.DateTimeField()


class AdverseEvent(PatientRecord):
    """One version of an adverse event; the one that nothing replaces holds. Words under the person's key."""

    event_id = models.UUIDField()
    session_id = models.UUIDField(null=True)
    term = models.TextField()
    onset_on = models.DateField()
    onset_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)
    severity = models.TextField()
    criteria = models.JSONField(default=list)
    relatedness = models.TextField()
    action = models.TextField()
    outcome = models.TextField()
    words = models.BinaryField()
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    by = models.UUIDField()
    true_at = models.DateTimeField()

    class Meta(PatientRecord.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["event_id"],
                condition=Q(supersedes__isnull=True),
                name="adverse_event_one_first_version",
            )
        ]


class AdverseEventReview(PatientRecord):
    """What the review of one version of a serious event came to, and whether the reviewer had treated."""

    version = models.OneToOneField(AdverseEvent, models.PROTECT, related_name="review")
    expectedness = models.TextField()
    decision = models.TextField()
    treated = models.BooleanField()
    words = models.BinaryField()
    reviewed_by = models.UUIDField()
    reviewed_at = models.DateTimeField()


class Incident(ProgrammeRecord):
    """An incident or a near miss as it was reported; it names no patient."""

    kind = models.TextField()
    area = models.TextField()
    happened_at = models.DateTimeField()
    told = models.TextField()
    origin = models.TextField(default="")
    subject = models.UUIDField(null=True)
    reported_by = models.UUIDField()
    reported_at = models.DateTimeField()


class IncidentReview(ProgrammeRecord):
    """How an incident was closed; there is one at most."""

    incident = models.OneToOneField(Incident, models.PROTECT, related_name="review")
    happened = models.TextField()
    causes = models.JSONField(default=list)
    changed = models.TextField()
    learned = models.TextField()
    shared_with = models.TextField()
    reviewed_by = models.UUIDField()
    reviewed_at = models.DateTimeField()
