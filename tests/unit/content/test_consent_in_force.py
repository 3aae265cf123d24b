"""Which version of a consent document is read on a day."""

from datetime import date, timedelta

import pytest

from kairos.content.consent_in_force import IV_KETAMINE, consent_in_force
from kairos.content.release import load_release
from kairos.vocab.errors import NotInForce

RELEASE = load_release()
FIRST = min(each.in_force_from for each in RELEASE.consents.values() if each.id == IV_KETAMINE)


def test_from_its_first_day_a_version_is_in_force():
    assert consent_in_force(RELEASE, on=FIRST).id == IV_KETAMINE


def test_before_its_first_day_nobody_can_consent():
    with pytest.raises(NotInForce, match="no version in force on"):
        consent_in_force(RELEASE, on=FIRST - timedelta(days=1))


def test_a_document_that_the_content_does_not_have():
    with pytest.raises(NotInForce, match="the consent document made_up"):
        consent_in_force(RELEASE, on=date(2026, 6, 1), document="made_up")
