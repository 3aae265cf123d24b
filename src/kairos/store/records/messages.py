"""Messages between a patient and the team, and who read each. Never changed."""

from django.db import models

from kairos.store.records.base import PatientRecord


class PatientMessage(PatientRecord):
    """One message; ``thread`` is the id of the first of those that belong together."""

    thread = models.UUIDField()
    kind = models.TextField()
    is_urgent = models.BooleanField()
    is_from_patient = models.BooleanField()
    words = models.BinaryField()
    by = models.UUIDField()
    true_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)

    class Meta(PatientRecord.Meta):
        abstract = False


class MessageReading(PatientRecord):
    """That somebody opened a message of the other side."""

    message = models.ForeignKey(PatientMessage, models.PROTECT, related_name="readings")
    by = models.UUIDField()
    true_at = models.DateTimeField()

    class Meta(PatientRecord.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["message", "by"], name="message_read_once")]


class CheckInAnswer(PatientRecord):
    """What somebody answered after a session, by a link without a log-in; the newest of a moment holds."""

    dosing = models.ForeignKey("store.PlannedSession", models.PROTECT, related_name="+", db_index=False)
    moment = models.TextField()
    answer = models.TextField()
    words = models.BinaryField(null=True)
    by = models.UUIDField()
    true_at = models.DateTimeField()

    class Meta(PatientRecord.Meta):
        abstract = False
