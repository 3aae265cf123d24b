"""Two connections, one restarted with newer content: one answer, read within each decision."""

import pytest

from kairos.actions.content_in_force import content_of
from kairos.actions.register_content_release import register_content_release
from kairos.content.loader import read_source
from kairos.content.packing import registration_id
from kairos.store.repositories import content
from kairos.store.scope import scoped
from kairos.vocab.people import Role
from tests.support.clinic import NOW, jobs, make_clinic, staff
from tests.support.content import LOWER_SYSTOLIC, SYSTOLIC, changed_source, register, sign_all
from tests.support.workers import at_once


@pytest.mark.django_db(transaction=True)
def test_all_connections_agree_before_and_after_a_signature():
    clinic = make_clinic()
    director = staff(clinic, Role.MEDICAL_DIRECTOR)
    version = read_source().version

    def start_up():
        return register_content_release(command_id=registration_id(version), by=jobs(clinic), now=NOW)

    def decide():
        with scoped(clinic.scope):
            found = content_of(clinic.scope, clinic.programme_id)
        return found.version, found.parameters.quantity(SYSTOLIC, on=NOW.date()).value

    assert at_once(3, start_up) == [version] * 3
    sign_all(clinic, director)
    newer = register(clinic, changed_source(*LOWER_SYSTOLIC))
    assert content.newest_release() == newer
    assert at_once(2, decide) == [(version, 160)] * 2
    sign_all(clinic, director)
    assert at_once(2, decide) == [(newer, 155)] * 2
