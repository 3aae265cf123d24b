"""One-tap links, drafts, sent questionnaires and their scores, questionnaires of others."""

from django.db import models

from kairos.store.records.base import PatientRecord, ProgrammeRecord


class OneTapLink(PatientRecord):
    """A link without log-in for one purpose. Only the digest of its token is kept."""

    token_digest = models.BinaryField(unique=True)
    purpose = models.TextField()
    subject = models.UUIDField(null=True)
    details = models.JSONField(default=dict)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class QuestionnaireDraft(PatientRecord):
    """Answers given so far; a draft is not a record."""

    link = models.UUIDField(unique=True)
    instrument = models.TextField()
    version = models.TextField()
    language = models.TextField()
    answers = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)


class QuestionnaireResponse(PatientRecord):
    """Answers as they were sent, with the instrument's version and language."""

    instrument = models.TextField()
    version = models.TextField()
    language = models.TextField()
    answers = models.JSONField()
    answered_at = models.DateTimeField()
    timepoint = models.TextField(blank=True)
    subject = models.UUIDField(null=True)
    by = models.UUIDField()

    class Meta(PatientRecord.Meta):
        indexes = [models.Index(fields=["person", "instrument", "answered_at"])]


class Score(PatientRecord):
    """A score derived from a response, with the version of the scoring; can be recomputed."""

    response = models.ForeignKey(QuestionnaireResponse, models.PROTECT, related_name="+")
    instrument = models.TextField()
    scale = models.TextField()
    value = models.FloatField(null=True)
    band = models.TextField(blank=True)
    missing = models.JSONField(default=list)
    scoring_version = models.TextField()
    answered_at = models.DateTimeField()

    class Meta(PatientRecord.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["response", "scale", "scoring_version"], name="scored_once_by_a_version"
            )
        ]
        indexes = [models.Index(fields=["person", "instrument", "answered_at"])]


class KnownQuestionnaire(ProgrammeRecord):
    """A Questionnaire of others, byte for byte: it says what responses answer, and holds no answers."""

    digest = models.BinaryField()
    url = models.TextField(blank=True)
    content = models.BinaryField()
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "digest"], name="questionnaire_kept_once")
        ]
