"""Courses, their planned sessions, dose orders with verification and invalidation."""

import pghistory
from django.db import models

from kairos.store.records.base import PatientRecord


@pghistory.track()
class Course(PatientRecord):
    """A planned series of dosing sessions after one treatment protocol."""

    protocol = models.TextField()
    content_version = models.TextField()
    status = models.TextField()
    details = models.JSONField(default=dict)
    by = models.UUIDField()


@pghistory.track()
class PlannedSession(PatientRecord):
    """One appointment of a course. A change keeps the version before."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    number = models.IntegerField()
    site = models.ForeignKey("store.Site", models.PROTECT, related_name="+", null=True)
    place = models.ForeignKey("store.Place", models.PROTECT, related_name="+", null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    status = models.TextField()
    stream = models.UUIDField(null=True)

    class Meta(PatientRecord.Meta):
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="planned_once_in_a_course"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="planned_session_ends_later"
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "starts_at"]),
            models.Index(fields=["person", "starts_at"]),
        ]


class DoseOrder(PatientRecord):
    """A clinician's order. Never changed, never deleted: verified, or invalidated."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    planned_session = models.ForeignKey(PlannedSession, models.PROTECT, related_name="+", null=True)
    details = models.JSONField()
    words = models.BinaryField(null=True)
    ordered_by = models.UUIDField()
    ordered_at = models.DateTimeField()


class DoseOrderVerification(PatientRecord):
    """The second person's check of an order."""

    order = models.OneToOneField(DoseOrder, models.PROTECT, related_name="verification")
    verified_by = models.UUIDField()
    verified_at = models.DateTimeField()


class DoseOrderInvalidation(PatientRecord):
    """Why an order no longer counts."""

    order = models.OneToOneField(DoseOrder, models.PROTECT, related_name="invalidation")
    reason = models.TextField()
    words = models.BinaryField(null=True)
    invalidated_by = models.UUIDField()
    invalidated_at = models.DateTimeField()
