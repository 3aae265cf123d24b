"""One session by actions from opening to going home."""

import pytest

from kairos.actions.release_patient import release_patient
from tests.support.running_session import make_floor, releasable

pytestmark = pytest.mark.django_db


def test_a_session_from_opening_to_going_home() -> None:
    floor = make_floor()
    session_id = releasable(floor)
    assert floor.do(release_patient, 111, session_id=session_id).phase == "released"
