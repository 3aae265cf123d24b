"""What arrived from outside, entry by entry, and the facts that were understood of it."""

from django.db import models

from kairos.store.records.base import PatientRecord, ProgrammeRecord, both_or_neither


class ImportRun(ProgrammeRecord):
    """One file brought in once, with the report that was given."""

    file_digest = models.BinaryField()
    status = models.TextField()
    report = models.JSONField()
    by = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["programme", "file_digest"])]


class OriginalRecord(PatientRecord):
    """The bytes of one person's record as they came, under the person's key."""

    digest = models.BinaryField()
    media_type = models.TextField()
    size = models.BigIntegerField()
    sealed = models.BinaryField()
    sealed_file_name = models.BinaryField()

    class Meta(PatientRecord.Meta):
        constraints = [
            models.UniqueConstraint(fields=["programme", "person", "digest"], name="original_kept_once")
        ]


class RecordEntry(PatientRecord):
    """One resource of an original: what it was and what became of it.

    ``source_key`` is the same for every version of one resource of one source; none where the resource
    has no identity of its own.
    """

    original = models.ForeignKey(OriginalRecord, models.PROTECT, related_name="+")
    resource_type = models.TextField()
    resource_key = models.BinaryField()
    source_key = models.BinaryField(null=True)
    version_number = models.TextField(blank=True)
    version_at = models.DateTimeField(null=True)
    digest = models.BinaryField()
    status = models.TextField()
    start = models.BigIntegerField()
    length = models.BigIntegerField()
    words = models.BinaryField()

    class Meta(PatientRecord.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["person", "programme", "resource_key", "digest"], name="entry_kept_once"
            )
        ]
        indexes = [*PatientRecord.Meta.indexes, models.Index(fields=["person", "programme", "source_key"])]


class SupersededEntry(PatientRecord):
    """That a newer version of the same resource took an entry's place: its facts no longer count."""

    entry = models.OneToOneField(RecordEntry, models.PROTECT, related_name="superseded")
    by_entry = models.ForeignKey(RecordEntry, models.PROTECT, related_name="+")


class Fact(PatientRecord):
    """One thing known of a person. Codes and numbers in the open, words under the person's key.

    ``entry`` is the entry of a record that states it; none where a person or a test said so.
    """

    entry = models.ForeignKey(RecordEntry, models.PROTECT, null=True, related_name="+")
    kind = models.TextField()
    concept = models.TextField()
    presence = models.TextField()
    understanding = models.TextField()
    status = models.TextField()
    value_kind = models.TextField()
    value_number = models.FloatField(null=True)
    value_unit = models.TextField(null=True)
    value_system = models.TextField(null=True)
    value_code = models.TextField(null=True)
    code_system = models.TextField(null=True)
    code = models.TextField(null=True)
    true_from = models.TextField(null=True)
    true_until = models.TextField(null=True)
    true_at = models.DateTimeField(null=True)
    stated_at = models.DateTimeField(null=True)
    origin_kind = models.TextField()
    origin_by = models.TextField()
    details = models.JSONField()
    words = models.BinaryField()

    class Meta(PatientRecord.Meta):
        indexes = [models.Index(fields=["person", "programme", "kind", "concept"])]


class JoinProposal(PatientRecord):
    """Two people who may be one; a human decides, a name never does."""

    other = models.ForeignKey("store.Person", models.PROTECT, related_name="+")
    because = models.JSONField()
    decision = models.TextField(blank=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta(PatientRecord.Meta):
        constraints = [
            models.UniqueConstraint(fields=["programme", "person", "other"], name="join_proposed_once"),
            both_or_neither("decided_by", "decided_at", "join_decided_by_and_at"),
        ]
