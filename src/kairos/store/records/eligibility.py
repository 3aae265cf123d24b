"""Screenings, and the signed decisions over them."""

from django.db import models

from kairos.store.records.base import PatientRecord


class Screening(PatientRecord):
    """The findings of all rules at one moment, with the content they were judged by.

    ``otherwise`` keeps the answers by the definitions that were not chosen.
    """

    as_of = models.DateField()
    as_of_chosen = models.BooleanField()
    route = models.TextField()
    setting = models.TextField(db_default="clinic")
    indication = models.TextField()
    jurisdiction = models.TextField(db_default="us")
    advice = models.TextField()
    findings = models.JSONField()
    otherwise = models.JSONField(db_default=models.Value([], models.JSONField()))
    words = models.BinaryField()
    content_version = models.TextField()
    overlay_version = models.TextField()
    by = models.UUIDField()


class EligibilityDecision(PatientRecord):
    """What a clinician decided and signed. Reasons under the person's key."""

    screening = models.ForeignKey(Screening, models.PROTECT, related_name="+")
    decision = models.TextField()
    overridden_rules = models.JSONField(default=list)
    words = models.BinaryField()
    signed_by = models.UUIDField()
    signed_at = models.DateTimeField()
