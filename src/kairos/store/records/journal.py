"""A patient's journal: closed on the device; here closed once more, under the person's key. Never changed.

Only the copy that a patient shares can be opened here, and it is deleted when sharing ends.
"""

from django.db import models

from kairos.store.records.base import PatientRecord


class JournalKey(PatientRecord):
    """The journal's key, closed by a passphrase or by a recovery code; the newest of each way holds."""

    key = models.UUIDField()
    way = models.TextField()
    notice = models.TextField()
    words = models.BinaryField()
    by = models.UUIDField()
    true_at = models.DateTimeField()


class JournalEntry(PatientRecord):
    """One version of one entry, as the device closed it; the newest holds."""

    entry = models.UUIDField()
    version = models.IntegerField()
    key = models.UUIDField()
    words = models.BinaryField()
    by = models.UUIDField()
    true_at = models.DateTimeField()

    class Meta(PatientRecord.Meta):
        constraints = [models.UniqueConstraint(fields=["entry", "version"], name="one_entry_a_version")]


class JournalShare(PatientRecord):
    """That an entry was shared, with whom, and that this ended; the newest of an entry holds."""

    entry = models.UUIDField()
    version = models.IntegerField()
    state = models.TextField()
    with_whom = models.JSONField()
    by = models.UUIDField()
    true_at = models.DateTimeField()


class JournalCopy(PatientRecord):
    """The words of a shared entry, for as long as it is shared."""

    share = models.OneToOneField(JournalShare, models.PROTECT, related_name="copy")
    words = models.BinaryField()
