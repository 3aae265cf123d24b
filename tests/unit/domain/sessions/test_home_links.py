"""How long links to a session at home stay open, and what a silent telephone means."""

from datetime import timedelta

import pytest

from kairos.domain.sessions.events import ContactNoted
from kairos.domain.sessions.home_links import HomeLink, link_ends
from kairos.vocab.errors import NotAllowed
from kairos.vocab.verdict import Verdict
from tests.support.dosing_sessions import at, limits
from tests.support.route_sessions import dosed

RULE = "monitoring.contact_lost"


def test_a_link_to_a_session_closes_hours_after_its_start_and_a_training_days_from_now():
    ends = link_ends(HomeLink.SUPPORT, starts_at=at(0), now=at(-30), limits=limits())
    assert ends == at(0) + limits().span("home.session_link")
    assert link_ends(HomeLink.TRAINING, starts_at=at(0), now=at(0), limits=limits()) - at(0) >= timedelta(
        days=1
    )
    with pytest.raises(NotAllowed, match="session is over"):
        link_ends(HomeLink.PATIENT, starts_at=at(-5000), now=at(0), limits=limits())


@pytest.mark.parametrize(
    ("noted", "verdict"),
    [
        ((), Verdict.UNKNOWN),
        ((("support_person", False),), Verdict.UNKNOWN),
        ((("patient", False),), Verdict.NOT_MET),
        ((("patient", False), ("patient", True)), Verdict.MET),
        ((("patient", False), ("support_person", True)), Verdict.NOT_MET),
    ],
)
def test_the_patients_telephone_alone_is_told_when_it_falls_silent(noted, verdict):
    """Never heard is not known and calls nobody; the support person's telephone may sleep between prompts."""
    stream = dosed("sublingual_home")
    for minute, (who, is_heard) in enumerate(noted, start=12):
        stream.add(ContactNoted(who=who, is_heard=is_heard), minute)
    found = {each.rule: each for each in stream.look(14).watch.findings}[RULE]
    assert found.verdict is verdict
    assert (RULE in {each.rule for each in stream.look(14).firing}) is (verdict is Verdict.NOT_MET)
