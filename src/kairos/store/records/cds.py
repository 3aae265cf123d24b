"""Systems that ask by CDS Hooks, the cards they were given, what became of them. Nothing of a person."""

from django.db import models

from kairos.store.records.base import ProgrammeRecord


class CdsClient(ProgrammeRecord):
    """A system that may ask, with its public keys. The newest row of an issuer counts; no keys: closed."""

    issuer = models.TextField()
    name = models.TextField()
    keys = models.JSONField()
    by = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["issuer", "recorded_at"])]


class GivenCard(ProgrammeRecord):
    """A card that was given: which rules spoke, under which content. Its id is the card's."""

    issuer = models.TextField()
    service = models.TextField()
    hook_instance = models.UUIDField()
    indicator = models.TextField()
    rules = models.JSONField()
    content_version = models.TextField()
    overlay_version = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["programme", "recorded_at"])]


class CardFeedback(ProgrammeRecord):
    """What a clinician of another system did with a card. A reason is its code; comments stay there."""

    card = models.ForeignKey(GivenCard, models.PROTECT, related_name="+")
    outcome = models.TextField()
    suggestions = models.JSONField()
    reason_system = models.TextField(blank=True)
    reason_code = models.TextField(blank=True)
    has_comment = models.BooleanField()
    acted_at = models.DateTimeField()
