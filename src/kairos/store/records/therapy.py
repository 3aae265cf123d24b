"""Psychotherapy around dosing sessions: meetings, signed notes, answers, the trauma-care flag, touch.

Every row is a statement and never changed: the newest about one thing holds.
"""

from django.db import models

from kairos.store.records.base import PatientRecord
from kairos.store.records.courses import Course, PlannedSession


class TherapyMeeting(PatientRecord):
    """That a preparatory or integration session is planned, moved, held or cancelled; newest holds."""

    meeting = models.UUIDField()
    kind = models.TextField()
    course = models.ForeignKey(Course, models.PROTECT, related_name="+", db_index=False)
    dosing = models.ForeignKey(PlannedSession, models.PROTECT, related_name="+", db_index=False)
    starts_at = models.DateTimeField()
    status = models.TextField()
    by = models.UUIDField()
    true_at = models.DateTimeField()


class TherapyNote(PatientRecord):
    """A filled template as it was signed; a correction is a further version that names this one."""

    subject = models.UUIDField()
    course = models.ForeignKey(Course, models.PROTECT, related_name="+", db_index=False)
    kind = models.TextField()
    version = models.IntegerField()
    template = models.TextField()
    words = models.BinaryField()
    signed_by = models.UUIDField()
    signed_at = models.DateTimeField()

    class Meta(PatientRecord.Meta):
        constraints = [models.UniqueConstraint(fields=["subject", "version"], name="one_note_a_version")]


class TherapyAnswer(PatientRecord):
    """Aims chosen for a dosing session, or what was rated after it: codes and numbers; newest holds."""

    dosing = models.ForeignKey(PlannedSession, models.PROTECT, related_name="+", db_index=False)
    kind = models.TextField()
    details = models.JSONField()
    by = models.UUIDField()
    true_at = models.DateTimeField()


class TraumaCare(PatientRecord):
    """That a person has the trauma-care flag with a plan for pacing, or no longer; newest holds."""

    is_on = models.BooleanField()
    words = models.BinaryField()
    by = models.UUIDField()
    true_at = models.DateTimeField()


class TouchStatement(PatientRecord):
    """Touch agreed before a dose in the patient's words, narrowed or ended; read in their order."""

    dosing = models.ForeignKey(PlannedSession, models.PROTECT, related_name="+", db_index=False)
    state = models.TextField()
    words = models.BinaryField()
    signed_by = models.UUIDField()
    witnessed_by = models.UUIDField(null=True)
    true_at = models.DateTimeField()
