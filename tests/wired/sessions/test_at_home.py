"""A session at home through the database: the switch, the gate, the dose, check-ins, and the end."""

from kairos.domain.sessions.phases import Phase
from kairos.domain.sessions.events import CheckInAnswer
import pytest

from kairos.actions.check_in import check_in
from tests.support.home_sessions import dosed, make_home

pytestmark = pytest.mark.django_db


def test_a_session_at_home_from_the_gate_to_the_first_check_in():
    home = make_home()
    session_id = dosed(home)
    entered = home.floor.do(
        check_in, 15, by=home.support, session_id=session_id, answer=CheckInAnswer.WELL
    )
    assert entered.phase == Phase.OBSERVING
    assert entered.raised == ()
    assert entered.next_due == "check_in"
    assert entered.next_due_at == home.floor.at(30)
