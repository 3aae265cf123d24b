"""Complaints, who may read each, what was answered, and whom a programme named for them. Never changed."""

from django.db import models

from kairos.store.records.base import PatientRecord, ProgrammeRecord


class Complaint(PatientRecord):
    """What a patient complained of. Shown to the patient and those named as its readers, to nobody else."""

    words = models.BinaryField()
    addressee = models.UUIDField(null=True)
    due_at = models.DateTimeField()
    made_by = models.UUIDField()
    made_at = models.DateTimeField()


class ComplaintReader(PatientRecord):
    """Somebody outside the treating team who may read one complaint, and why it came to them."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="+")
    user_id = models.UUIDField()
    why = models.TextField()


class ComplaintAnswer(PatientRecord):
    """What the patient was answered."""

    complaint = models.OneToOneField(Complaint, models.PROTECT, related_name="answer")
    words = models.BinaryField()
    answered_by = models.UUIDField()
    answered_at = models.DateTimeField()


class ComplaintContact(ProgrammeRecord):
    """Whom a programme names for complaints; without a user: that nobody outside the team was found."""

    user_id = models.UUIDField(null=True)
    by = models.UUIDField(null=True)
    true_at = models.DateTimeField()

    class Meta(ProgrammeRecord.Meta):
        abstract = False
        indexes = [models.Index(fields=["programme", "recorded_at"], name="complaint_contacts")]
