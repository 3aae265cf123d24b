"""When a consent stands.

A session opens only on a complete, signed, unwithdrawn consent to the version in force. Nobody
overrides this: a new signature is the only thing that lifts it.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kairos.content.consent_in_force import consent_in_force
from kairos.content.release import load_release
from kairos.domain.evidence.consent import ConsentSignature, consent_standing, consent_state
from kairos.vocab.verdict import Severity, Verdict

RULE = "consent.current"
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
DOCUMENT = consent_in_force(load_release(), on=NOW.date())
SIGNED = ConsentSignature(
    document=DOCUMENT.id,
    version=DOCUMENT.version,
    acknowledged=frozenset(DOCUMENT.section_ids),
    answered=frozenset(question.id for question in DOCUMENT.questions),
    signed_at=NOW - timedelta(days=2),
)

SITUATIONS = (
    ("what_happened", "state", "verdict"),
    ("everything acknowledged, answered and signed", "current", Verdict.MET),
    ("nothing signed", "not_given", Verdict.UNKNOWN),
    ("another document signed", "not_given", Verdict.UNKNOWN),
    ("one section not acknowledged", "incomplete", Verdict.NOT_MET),
    ("one question not answered rightly", "incomplete", Verdict.NOT_MET),
    ("acknowledged and never signed", "incomplete", Verdict.NOT_MET),
    ("signed with a time that has not come", "incomplete", Verdict.NOT_MET),
    ("signed for an older version", "superseded", Verdict.NOT_MET),
    ("withdrawn yesterday", "withdrawn", Verdict.NOT_MET),
    ("withdrawn, older version", "withdrawn", Verdict.NOT_MET),
)

SIGNATURES = {
    "everything acknowledged, answered and signed": SIGNED,
    "nothing signed": None,
    "another document signed": replace(SIGNED, document="nasal_esketamine"),
    "one section not acknowledged": replace(SIGNED, acknowledged=SIGNED.acknowledged - {"pregnancy"}),
    "one question not answered rightly": replace(SIGNED, answered=SIGNED.answered - {"q_driving"}),
    "acknowledged and never signed": replace(SIGNED, signed_at=None),
    "signed with a time that has not come": replace(SIGNED, signed_at=NOW + timedelta(minutes=1)),
    "signed for an older version": replace(SIGNED, version="2025-01-01"),
    "withdrawn yesterday": replace(SIGNED, withdrawn_at=NOW - timedelta(days=1)),
    "withdrawn, older version": replace(SIGNED, version="2025-01-01", withdrawn_at=NOW),
}


@pytest.mark.parametrize(SITUATIONS[0], SITUATIONS[1:])
def test_only_a_complete_and_current_signature_counts(what_happened, state, verdict):
    """Anything missing, superseded or withdrawn keeps the session closed."""
    signature = SIGNATURES[what_happened]
    finding = consent_standing(DOCUMENT, signature, now=NOW)
    assert consent_state(DOCUMENT, signature, now=NOW) == state
    assert (finding.rule, finding.verdict, finding.severity) == (RULE, verdict, Severity.DEFER)
    assert finding.sources
    texts = load_release().texts
    for audience in ("clinician", "patient"):
        assert texts.render(finding.message, finding.values, audience=audience)
