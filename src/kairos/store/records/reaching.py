"""How people can be reached, and what was told to whom by which way. Never changed."""

from django.db import models

from kairos.store.records.base import ProgrammeRecord


class ContactWay(ProgrammeRecord):
    """One way somebody chose, or that they no longer want it; the newest statement of a way holds.

    The address stands in ``words``, under the key of the installation, and of the person for a patient.
    """

    person = models.ForeignKey("store.Person", models.PROTECT, related_name="+", null=True, db_index=False)
    user = models.UUIDField()
    way = models.UUIDField()
    channel = models.TextField()
    is_on = models.BooleanField()
    words = models.BinaryField()
    true_at = models.DateTimeField()

    class Meta(ProgrammeRecord.Meta):
        abstract = False
        indexes = [models.Index(fields=["user", "recorded_at"], name="contact_ways_of_a_user")]


class Delivery(ProgrammeRecord):
    """That somebody was told by one way at one step of an alarm or task, or could not be."""

    person = models.ForeignKey("store.Person", models.PROTECT, related_name="+", null=True, db_index=False)
    subject = models.UUIDField()
    step = models.IntegerField()
    user = models.UUIDField(null=True)
    channel = models.TextField()
    outcome = models.TextField()
    true_at = models.DateTimeField()

    class Meta(ProgrammeRecord.Meta):
        abstract = False
        indexes = [models.Index(fields=["subject", "recorded_at"], name="deliveries_of_a_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "step"], condition=models.Q(outcome="taken"), name="told_once_a_step"
            )
        ]
