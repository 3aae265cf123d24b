"""Work that waits: alarms, deadlines, tasks, messages to send. All rows, claimed by SKIP LOCKED."""

from django.db import models

from kairos.store.records.base import (
    PatientRecord,
    ProgrammeRecord,
    both_or_neither,
    id_field,
    recorded_field,
)


class Alarm(PatientRecord):
    """An alarm of a stream: raised once, taken by someone or escalated, closed."""

    stream = models.UUIDField()
    rule = models.TextField()
    level = models.TextField()
    details = models.JSONField(default=dict)
    raised_at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True)
    taken_by = models.UUIDField(null=True)
    taken_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta(PatientRecord.Meta):
        constraints = [both_or_neither("taken_by", "taken_at", "alarm_taken_by_and_at")]
        indexes = [
            models.Index(fields=["stream", "raised_at"]),
            models.Index(
                fields=["programme", "raised_at"],
                condition=models.Q(closed_at__isnull=True),
                name="alarm_open",
            ),
        ]


class Deadline(ProgrammeRecord):
    """Something that becomes due by the database's clock, done once by whoever claims it."""

    person = models.ForeignKey("store.Person", models.PROTECT, related_name="+", null=True, db_index=False)
    kind = models.TextField()
    subject = models.UUIDField()
    details = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="deadline_once")]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(done_at__isnull=True), name="deadline_open")
        ]


class Task(PatientRecord):
    """Something a person of the team must do, with an owner and an end."""

    kind = models.TextField()
    subject = models.UUIDField()
    details = models.JSONField(default=dict)
    owner_role = models.TextField(blank=True)
    owner = models.UUIDField(null=True)
    due_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta(PatientRecord.Meta):
        constraints = [
            both_or_neither("done_by", "done_at", "task_done_by_and_at"),
            models.CheckConstraint(
                condition=~models.Q(owner_role="") | models.Q(owner__isnull=False), name="task_has_an_owner"
            ),
        ]
        indexes = [
            models.Index(
                fields=["programme", "due_at"], condition=models.Q(done_at__isnull=True), name="task_open"
            )
        ]


class OutboxMessage(models.Model):
    """A message to send: ids only, never a clinical word."""

    id = id_field()
    programme = models.ForeignKey("store.Programme", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("store.Person", models.PROTECT, related_name="+", null=True, db_index=False)
    kind = models.TextField()
    payload = models.JSONField()
    due_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    gave_up_at = models.DateTimeField(null=True)
    recorded_at = recorded_field()

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at__isnull=True, gave_up_at__isnull=True),
                name="outbox_open",
            )
        ]
