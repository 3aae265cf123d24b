"""The sealed audit. No foreign keys: what happened stays, whatever becomes of the rest."""

from django.db import models
from django.db.models.functions import Now


class Xid8(models.Field):
    """PostgreSQL's 64-bit transaction id."""

    def db_type(self, connection: object) -> str:
        """Return the column type."""
        return "xid8"


class AuditEvent(models.Model):
    """Who did what, when, on whom and why: ids and codes only. ``digest`` is set by the database."""

    id = models.UUIDField(primary_key=True)
    xid = Xid8()
    recorded_at = models.DateTimeField(db_default=Now())
    actor = models.UUIDField()
    roles = models.TextField()
    action = models.TextField()
    organisation = models.UUIDField(null=True)
    programme_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    subject = models.TextField()
    why = models.TextField()
    details = models.JSONField()
    command = models.UUIDField(null=True)
    digest = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=["xid", "id"]),
            models.Index(fields=["programme_id", "recorded_at"]),
            models.Index(fields=["person_id", "recorded_at"]),
            models.Index(fields=["recorded_at", "id"], name="audit_newest"),
        ]


class AuditBlock(models.Model):
    """A sealed block: the hash covers the block before and the digests of its rows in order."""

    seq = models.BigIntegerField(primary_key=True)
    previous_hash = models.BinaryField()
    hash = models.BinaryField()
    row_count = models.IntegerField()
    low_xid = Xid8()
    sealed_at = models.DateTimeField(db_default=Now())


class AuditLink(models.Model):
    """The place of one event in a block, with the digest it had when it was sealed."""

    event = models.UUIDField(primary_key=True)
    block = models.BigIntegerField()
    place = models.IntegerField()
    digest = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["block", "place"], name="one_link_in_each_place")]
