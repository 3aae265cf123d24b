"""Which version of a consent document is read on a day."""

from datetime import timedelta

import pytest

from kairos.content.consent_in_force import consent_in_force
from kairos.content.release import load_release
from kairos.vocab.errors import NotInForce

RELEASE = load_release()
FIRST = min(each.in_force_from for each in RELEASE.consents.bases)


def test_from_its_first_day_a_version_is_in_force():
    assert consent_in_force(RELEASE, on=FIRST).id == "iv_racemic_ketamine"


def test_before_its_first_day_nobody_can_consent():
    with pytest.raises(NotInForce, match="no consent document for iv, clinic, in us is in force on"):
        consent_in_force(RELEASE, on=FIRST - timedelta(days=1))
