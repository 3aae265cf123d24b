"""What a patient prepares: intentions and who may read them, goals with their ratings, everything else said.

Every row is a statement and never changed: the newest about one thing holds. A private intention is shown by
the database itself to nobody but the patient.
"""

from django.db import models

from kairos.store.records.base import PatientRecord
from kairos.store.records.courses import PlannedSession


class Intention(PatientRecord):
    """The patient's words about one dosing session: before it, and what became of it; newest holds."""

    dosing = models.ForeignKey(PlannedSession, models.PROTECT, related_name="+", db_index=False)
    part = models.TextField()
    words = models.BinaryField()
    true_at = models.DateTimeField()


class IntentionSharing(PatientRecord):
    """Whether the team may read the intention of a dosing session; newest holds, nothing is private."""

    dosing = models.ForeignKey(PlannedSession, models.PROTECT, related_name="+", db_index=False)
    is_shared = models.BooleanField()
    true_at = models.DateTimeField()

    class Meta(PatientRecord.Meta):
        indexes = [models.Index(fields=["dosing", "recorded_at"], name="sharing_of_an_intention")]


class PreparationStatement(PatientRecord):
    """An item of a checklist, of the logistics, an exercise done, a wish about reminders; newest holds."""

    dosing = models.ForeignKey(PlannedSession, models.PROTECT, related_name="+", db_index=False, null=True)
    kind = models.TextField()
    item = models.TextField()
    details = models.JSONField()
    words = models.BinaryField(null=True)
    by = models.UUIDField()
    true_at = models.DateTimeField()


class Goal(PatientRecord):
    """A goal as its words stand, or that it was set aside; newest of a goal holds."""

    goal = models.UUIDField()
    is_on = models.BooleanField()
    details = models.JSONField()
    words = models.BinaryField()
    by = models.UUIDField()
    true_at = models.DateTimeField()


class GoalRating(PatientRecord):
    """How near a goal was at one time: 0 to 10, and the level reached."""

    goal = models.UUIDField()
    details = models.JSONField()
    by = models.UUIDField()
    true_at = models.DateTimeField()
