"""Commands already carried out, files behind one port, and what all processes remember for a while."""

from django.db import models

from kairos.store.records.base import ProgrammeRecord, recorded_field


class Command(models.Model):
    """A command id, what it asked (keyed digest) and the first answer it got."""

    id = models.UUIDField(primary_key=True)
    action = models.TextField()
    digest = models.BinaryField()
    actor = models.UUIDField()
    result = models.JSONField(null=True)
    recorded_at = recorded_field()


class StoredFile(ProgrammeRecord):
    """A file, in the database so that every web process sees it; under the person's key if it has one."""

    person = models.ForeignKey("store.Person", models.PROTECT, related_name="+", null=True, db_index=False)
    name = models.BinaryField()
    media_type = models.TextField()
    size = models.BigIntegerField()
    content = models.BinaryField()
    by = models.UUIDField()


class SharedValue(models.Model):
    """Something that all processes remember for a while, such as wrong log-ins; its key is a digest."""

    key = models.BinaryField(primary_key=True)
    value = models.JSONField(null=True)
    expires_at = models.DateTimeField(null=True, db_index=True)
