"""Readings of devices: once, to the session at the chair or into the tray, given to a person by a person."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from kairos.actions.assign_device_reading import assign_device_reading
from kairos.actions.cancel_session import cancel_session
from kairos.actions.close_device import close_device
from kairos.actions.open_session import open_session
from kairos.actions.put_device import put_device
from kairos.actions.receive_device_reading import receive_device_reading
from kairos.actions.register_device import register_device
from kairos.actions.set_aside_device_reading import set_aside_device_reading
from kairos.domain.protocols.device_readings import AsideReason
from kairos.domain.protocols.readings import Reading
from kairos.domain.sessions.events import CancelReason
from kairos.queries.devices import (
    device_called,
    devices_page,
    digest_of_key,
    known_reading,
    list_devices,
    reading_sent,
    sending_device,
    sites_with_actors,
)
from kairos.queries.dosing_sessions import session_page
from kairos.store.ids import new_id
from kairos.store.repositories import devices, session_entries
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Role, Scope
from tests.support.clinic import jobs, make_clinic, staff
from tests.support.running_session import make_floor

pytestmark = pytest.mark.django_db

KEY = "the-key-of-monitor-two"
CUFF = {"systolic": 131, "diastolic": 84}


class Monitor:
    """A floor with a monitor at the first chair."""

    def __init__(self, *, place=0):
        self.floor = make_floor()
        self.admin = staff(self.floor.clinic, Role.ADMINISTRATOR)
        self.id = self.register()
        if place is not None:
            self.floor.do(put_device, -30, device_id=self.id, place_id=self.floor.places[place])

    def register(self, **given):
        content = {
            "site_id": self.floor.clinic.site_id,
            "name": "Monitor 2",
            "key_digest": digest_of_key(KEY),
        }
        return self.floor.do(register_device, -40, by=self.admin, **{**content, **given})

    def send(self, minute, *, came=None, sent_at=None, identifier="", **values):
        reading = Reading("", self.floor.at(minute), **(values or CUFF))
        return self.floor.do(
            receive_device_reading,
            minute if came is None else came,
            by=sending_device(KEY).actor,
            device_id=self.id,
            reading=reading,
            sent_at=sent_at,
            identifier=identifier,
        )

    def open(self):
        floor = self.floor
        return floor.do(open_session, 0, planned_session_id=floor.planned_id, place_id=floor.places[0])

    def offered(self, session_id, minute=9):
        page = session_page(session_id=session_id, by=self.floor.nurse, now=self.floor.at(minute))
        return page.offered

    @property
    def waiting(self):
        return devices_page(by=self.floor.nurse).waiting


def test_a_reading_goes_to_the_session_at_its_chair_and_says_which_device():
    monitor = Monitor()
    session_id = monitor.open()
    received = monitor.send(5)
    assert (received.session_id, received.is_repeat, monitor.waiting) == (session_id, False, ())
    offered = monitor.offered(session_id)
    assert (offered.id, offered.reading.device, offered.true_at) == (
        received.reading_id,
        "Monitor 2",
        monitor.floor.at(5),
    )
    monitor.send(5, heart_rate=71)
    both = monitor.offered(session_id).reading
    assert (both.systolic, both.heart_rate) == (131, 71)
    monitor.send(6, heart_rate=72)
    assert monitor.offered(session_id).reading.systolic is None


def test_a_repeat_counts_once_and_an_identifier_names_one_reading():
    monitor = Monitor()
    session_id = monitor.open()
    first = monitor.send(5, identifier="urn:m|1")
    again = monitor.send(5, came=6)
    assert again == replace(first, is_repeat=True)
    assert monitor.send(5, came=6, identifier="urn:m|1") == again
    with pytest.raises(InvalidInput, match="used for another reading"):
        monitor.send(7, identifier="urn:m|1")
    actor = sending_device(KEY).actor
    reading = Reading("", monitor.floor.at(5), **CUFF)
    assert known_reading(device_id=monitor.id, reading=reading, by=actor).id == first.reading_id
    tray = session_entries.length_of
    with scoped(monitor.floor.clinic.scope):
        page = session_page(session_id=session_id, by=monitor.floor.nurse, now=monitor.floor.at(9))
        assert tray(monitor.floor.clinic.scope, page.tray_id) == 1


def test_what_cannot_be_of_this_session_waits_and_is_guessed_onto_nobody():
    monitor = Monitor()
    before = monitor.send(-5)
    session_id = monitor.open()
    assert before.session_id is None
    assert monitor.send(-2, came=4).session_id is None
    monitor.floor.do(cancel_session, 6, session_id=session_id, reason=CancelReason.CLINIC)
    assert monitor.send(7).session_id is None
    assert monitor.send(5, came=8).session_id is None
    assert len(monitor.waiting) == 4
    with pytest.raises(Missing, match="over"):
        monitor.floor.do(assign_device_reading, 9, reading_id=before.reading_id, session_id=session_id)


def test_a_device_that_stands_nowhere_leaves_its_readings_to_a_person():
    monitor = Monitor(place=None)
    session_id = monitor.open()
    first, second = monitor.send(5), monitor.send(6)
    assert [each.id for each in monitor.waiting] == [second.reading_id, first.reading_id]
    do, given = monitor.floor.do, {"reading_id": first.reading_id}
    assert devices_page(by=monitor.floor.nurse).sessions[0].id == session_id
    do(assign_device_reading, 7, session_id=session_id, **given)
    assert monitor.offered(session_id).id == first.reading_id
    do(set_aside_device_reading, 8, reading_id=second.reading_id, reason=AsideReason.TEST)
    assert monitor.waiting == ()
    for action, more in (
        (assign_device_reading, {"session_id": session_id}),
        (set_aside_device_reading, {"reason": AsideReason.TEST}),
    ):
        with pytest.raises(InvalidInput, match="already"):
            do(action, 9, **given, **more)
    with pytest.raises(NotAllowed):
        do(assign_device_reading, 9, by=monitor.admin, session_id=session_id, **given)


def test_a_wrong_clock_is_noted_and_corrected():
    monitor = Monitor()
    session_id = monitor.open()
    monitor.send(12, came=5, sent_at=monitor.floor.at(12))
    offered = monitor.offered(session_id)
    assert offered.true_at == monitor.floor.at(5)
    with scoped(monitor.floor.clinic.scope):
        kept = devices.find_reading(monitor.floor.clinic.scope, offered.id)
    assert (kept.device_at, kept.ahead_s) == (monitor.floor.at(12), timedelta(minutes=7).total_seconds())
    with pytest.raises(InvalidInput, match="ahead of now; set the device's clock"):
        monitor.send(20, came=6)
    with pytest.raises(InvalidInput, match="systolic: must be"):
        monitor.send(6, systolic=900)


def test_a_key_opens_until_it_is_replaced_or_the_device_is_closed():
    monitor = Monitor()
    assert monitor.register(key_digest=digest_of_key("a newer key"), sender="MON2") == monitor.id
    with pytest.raises(NotAllowed, match="new key"):
        sending_device(KEY)
    newer = sending_device("a newer key")
    assert (newer.device_id, newer.name) == (monitor.id, "Monitor 2")
    system = jobs(monitor.floor.clinic)
    assert device_called(sender="MON2", by=system).device_id == monitor.id
    assert device_called(sender="", by=system) is None
    monitor.floor.do(close_device, 1, by=monitor.admin, device_id=monitor.id)
    with pytest.raises(NotAllowed, match="closed"):
        sending_device("a newer key")
    with pytest.raises(NotAllowed, match="no device"):
        sending_device("nobody's")
    given = {"reading": Reading("", monitor.floor.at(1), **CUFF), "sent_at": None, "identifier": ""}
    with pytest.raises(NotAllowed, match="closed"):
        monitor.floor.do(receive_device_reading, 2, by=newer.actor, device_id=monitor.id, **given)
    with pytest.raises(NotAllowed, match="closed"):
        monitor.floor.do(put_device, 2, device_id=monitor.id, place_id=None)
    assert devices_page(by=monitor.floor.nurse).devices == ()
    assert [each.is_closed for each in list_devices(by=monitor.admin)] == [True]


def test_what_is_registered_is_named_keyed_and_of_our_site():
    monitor = Monitor()
    for wrong in ({"name": " "}, {"key_digest": ""}):
        with pytest.raises(InvalidInput, match="is missing"):
            monitor.register(**wrong)
    with pytest.raises(Missing, match="site"):
        monitor.register(site_id=new_id())
    monitor.register(sender="MON2")
    with pytest.raises(InvalidInput, match="HL7 name of another"):
        monitor.register(name="Monitor 3", sender="MON2")
    with pytest.raises(NotAllowed):
        monitor.floor.do(register_device, 0, site_id=monitor.floor.clinic.site_id, name="x", key_digest="y")
    with pytest.raises(InvalidInput, match="no place of the device's site"):
        monitor.floor.do(put_device, 0, device_id=monitor.id, place_id=new_id())
    assert monitor.floor.clinic.site_id in {site.id for site, _ in sites_with_actors()}


def test_a_device_reads_back_its_own_reading_and_no_other():
    monitor = Monitor()
    received, actor = monitor.send(5), sending_device(KEY).actor
    found = reading_sent(device_id=monitor.id, reading_id=received.reading_id, by=actor)
    assert found.values == CUFF
    with pytest.raises(Missing):
        reading_sent(device_id=UUID(int=1), reading_id=received.reading_id, by=actor)


def test_another_programme_sees_no_device_and_takes_no_reading():
    monitor = Monitor(place=None)
    session_id, received = monitor.open(), monitor.send(5)
    other = make_clinic(monitor.floor.clinic.organisation_id)
    both = Scope(other.organisation_id, monitor.floor.clinic.scope.programme_ids | {other.programme_id})
    with scoped(other.scope):
        assert devices.list_devices(both) == ()
        assert devices.waiting_readings(both) == ()
    patient = replace(monitor.floor.clinic.scope, patient_id=monitor.floor.person_id)
    with scoped(patient):
        assert devices.list_devices(replace(both, patient_id=None)) == ()
        assert devices.waiting_readings(replace(both, patient_id=None)) == ()
    moved = devices.Device(
        new_id(), other.programme_id, new_id(), other.site_id, "M", "k", monitor.floor.start, new_id()
    )
    with scoped(other.scope):
        devices.add_device(other.scope, moved)
        foreign = devices.KeptReading(
            new_id(),
            other.programme_id,
            moved.device,
            other.site_id,
            None,
            new_id(),
            "",
            CUFF,
            monitor.floor.start,
            monitor.floor.start,
            None,
        )
        devices.add_reading(other.scope, foreign)
    by = replace(monitor.floor.nurse, scope=both)
    with pytest.raises(InvalidInput, match="another programme"):
        monitor.floor.do(assign_device_reading, 9, by=by, reading_id=foreign.id, session_id=session_id)
    assert received.session_id is None
