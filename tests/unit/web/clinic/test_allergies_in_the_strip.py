"""What the strip says of allergies: silence is not denial, and a denial covers what was asked."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from kairos.vocab.facts import Fact, FactKind, Origin, OriginKind, Presence
from kairos.web.clinic.sessions.patient_strip import _allergies

NEW_YORK = ZoneInfo("America/New_York")
LATE_EVENING_THERE = datetime(2026, 11, 17, 2, 0, tzinfo=UTC)


def said(concept, presence, recorded_at=LATE_EVENING_THERE):
    """Return an answer given at screening."""
    return Fact(
        id="answer",
        kind=FactKind.ANSWER,
        concept=concept,
        origin=Origin(OriginKind.PERSON, "answer"),
        presence=presence,
        recorded_at=recorded_at,
    )


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ((), "Allergies not known: ask."),
        ((said("ketamine_allergy", Presence.NOT_SURE),), "Allergies not known: ask."),
        (
            (said("ketamine_allergy", Presence.ABSENT),),
            "Ketamine allergy denied on 16 November 2026; others not known: ask.",
        ),
        (
            (said("ketamine_allergy", Presence.ABSENT, None),),
            "Ketamine allergy denied; others not known: ask.",
        ),
        ((said("ketamine_allergy", Presence.PRESENT),), "Allergies: ketamine allergy."),
        ((said("drug_allergy", Presence.ABSENT),), "No known drug allergies."),
    ],
)
def test_silence_is_not_denial(known, words):
    assert _allergies(known, NEW_YORK) == words
