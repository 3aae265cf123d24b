"""A journal: the server keeps what it cannot open, and shows staff what is shared while it is."""

from dataclasses import asdict, replace
from datetime import timedelta

import msgspec
import pytest
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import DatabaseError, connection

from kairos.actions.change_journal_passphrase import change_journal_passphrase
from kairos.actions.end_journal_share import end_journal_share
from kairos.actions.erase_person import erase_person
from kairos.actions.keep_journal_entry import keep_journal_entry
from kairos.actions.set_up_journal import set_up_journal
from kairos.actions.share_journal_entry import share_journal_entry
from kairos.domain.integration.journal import NOTICE, Closed, WayIn
from kairos.queries.device_key import device_key
from kairos.queries.inbox import inbox
from kairos.queries.journal import own_journal, shared_journal
from kairos.store import vault
from kairos.store.ids import new_id
from kairos.store.repositories import journal as kept
from kairos.store.scope import scoped, scoped_as
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Actor, Role, Scope
from tests.support import canaries
from tests.support.accounts import make_login
from tests.support.clinic import NOW, make_clinic, make_person
from tests.support.journal import Device

pytestmark = pytest.mark.django_db

SECRET = "otter lantern seven canal"
FEW = 1000


class Writing:
    """A patient with a journal, at their device."""

    def __init__(self, clinic):
        self.clinic, self.person_id = clinic, make_person(clinic)
        scope = Scope(clinic.organisation_id, frozenset({clinic.programme_id}), self.person_id)
        self.by = Actor(new_id(), frozenset({Role.PATIENT}), scope)
        self.device = Device(self.person_id)

    def do(self, action, command_id=None, now=NOW, **given):
        return action(**given, command_id=command_id or new_id(), by=self.by, now=now)

    def set_up(self, notice=NOTICE, **change):
        ways = {way.value: self.device.wrap(SECRET, way.value) for way in WayIn}
        return self.do(set_up_journal, key=self.device.key_id, notice=notice, **(ways | change))

    def write(self, text=canaries.FREE_TEXT, entry_id=None, at=NOW, **given):
        entry_id = entry_id or new_id()
        closed = self.device.close(entry_id, text)
        told = {"entry_id": entry_id, "key": self.device.key_id, "closed": closed, "written_at": at} | given
        return self.do(keep_journal_entry, **told)

    def share(self, entry_id, *readers, words=canaries.FREE_TEXT):
        ids = tuple(each.id for each in readers)
        return self.do(share_journal_entry, entry_id=entry_id, words=words, with_whom=ids)


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def writing(clinic):
    found = Writing(clinic)
    found.set_up()
    return found


def known(clinic, *roles):
    login = make_login(clinic, *roles)
    return Actor(login.id, frozenset(roles), clinic.scope, login.display_name)


def test_what_is_kept_opens_on_the_device_and_an_earlier_version_stays(writing):
    entry = writing.write("first")
    writing.write("second", entry_id=entry, at=NOW + timedelta(hours=1))
    found = own_journal(by=writing.by)
    texts = [writing.device.open(entry, Closed(**each.words)) for each in found.entries]
    assert texts == ["first", "second"]
    assert [each.version for each in found.entries] == [1, 2]
    assert found.entries[1].true_at == NOW  # no later than it arrived
    assert found.key == writing.device.key_id
    with_code = found.ways()[found.key][WayIn.RECOVERY]
    wrapped = msgspec.convert(dict(with_code.words), type(writing.device.wrap(SECRET, "recovery")))
    assert writing.device.unwrap(wrapped, SECRET, "recovery") == writing.device.key
    assert with_code.notice == NOTICE


def test_the_same_entry_sent_twice_counts_once(writing):
    command, entry = new_id(), new_id()
    closed = writing.device.close(entry, "once")
    told = {"entry_id": entry, "key": writing.device.key_id, "closed": closed, "written_at": NOW}
    for _ in range(2):
        writing.do(keep_journal_entry, command_id=command, **told)
    assert len(own_journal(by=writing.by).entries) == 1


def test_everything_that_the_server_holds_opens_no_entry(writing):
    """With every row, the master key, the settings and each key that is derived from them."""
    entry = writing.write()
    with scoped(writing.by.scope), connection.cursor() as cursor:
        person = vault.key_of(writing.person_id)
        (row,) = kept.entries_of(
            writing.by.scope, writing.person_id
        )  # the outer lock is the server's: it opens
        ways = kept.keys_of(writing.by.scope, writing.person_id)
        cursor.execute("SELECT (SELECT json_agg(t) FROM store_command t)::text")
        commands = cursor.fetchone()[0]
    assert canaries.FREE_TEXT not in commands + str(row) + str(ways)
    held = [
        *(vault._secret(purpose) for purpose in ("wrap", "digest", "staff", "journal")),
        *(device_key(str(each)) for each in (writing.by.id, writing.person_id, writing.device.key_id)),
        person._cipher and vault.keyed_digest(writing.person_id.bytes),
    ]
    closed = Closed(**row.words)
    for key in held:
        with pytest.raises(InvalidTag):
            writing.device.open(entry, closed, key)
    for guess in (settings.SECRET_KEY, settings.KAIROS_MASTER_KEY, str(writing.person_id), ""):
        for way in ways:
            wrapped = replace(writing.device.wrap(SECRET, way.way, FEW), **way.words)
            with pytest.raises(InvalidTag):
                writing.device.unwrap(wrapped, guess, way.way)
    for cipher in (person._cipher, vault.of_installation()._cipher):
        with pytest.raises(InvalidTag):
            cipher.decrypt(b"0" * 12, closed.box.encode(), writing.device.entry(entry))


def test_staff_see_no_row_of_it_in_the_database_either(writing, clinic):
    writing.write()
    for role in (Role.MEDICAL_DIRECTOR, Role.COACH, Role.ADMINISTRATOR):
        somebody = known(clinic, role)
        with scoped_as(clinic.scope, somebody.id):
            assert kept.entries_of(clinic.scope, writing.person_id) == ()
            assert kept.keys_of(clinic.scope, writing.person_id) == ()
        with pytest.raises(NotAllowed):
            own_journal(by=somebody)
    other = Writing(clinic)
    with scoped(other.by.scope):
        assert kept.entries_of(other.by.scope, writing.person_id) == ()
    with pytest.raises(Missing):
        own_journal(by=replace(other.by, scope=clinic.scope))


def test_what_is_shared_is_read_by_those_named_until_it_is_taken_back(writing, clinic):
    coach, nurse = known(clinic, Role.COACH), known(clinic, Role.NURSE)
    entry = writing.write()
    writing.write("kept private")
    writing.share(entry, coach)
    assert own_journal(by=writing.by).shared_now()[entry].with_whom == (str(coach.id),)
    assert {each.id for each in own_journal(by=writing.by).team} == {coach.id, nurse.id}
    (shown,) = shared_journal(person_id=writing.person_id, by=coach).entries
    assert shown.words == canaries.FREE_TEXT
    assert shared_journal(person_id=writing.person_id, by=nurse).entries == ()

    writing.share(entry, nurse, words="other words")  # what was shared before ends
    assert shared_journal(person_id=writing.person_id, by=coach).entries == ()
    assert shared_journal(person_id=writing.person_id, by=nurse).entries[0].words == "other words"
    writing.do(end_journal_share, entry_id=entry)
    for reader in (coach, nurse):
        found = shared_journal(person_id=writing.person_id, by=reader)
        assert found.entries == ()
        assert found.taken_back == ((NOW, NOW),)
    assert own_journal(by=writing.by).shared_now() == {}
    with connection.cursor() as cursor, scoped(writing.by.scope):
        cursor.execute("SELECT count(*) FROM store_journalcopy")
        assert cursor.fetchone() == (0,)
    with pytest.raises(NotAllowed, match="not shared now"):
        writing.do(end_journal_share, entry_id=entry)
    with pytest.raises(NotAllowed, match="not shared now"):
        writing.do(end_journal_share, entry_id=new_id())


def test_a_copy_opens_only_under_the_persons_key(writing, clinic):
    coach, entry = known(clinic, Role.COACH), writing.write()
    writing.share(entry, coach)
    with scoped(writing.by.scope), connection.cursor() as cursor:
        cursor.execute("SELECT words FROM store_journalcopy")
        assert canaries.FREE_TEXT.encode() not in bytes(cursor.fetchone()[0])


def test_shared_words_of_danger_bring_a_clinician_who_reads_them_only_if_named(writing, clinic):
    coach, doctor = known(clinic, Role.COACH), known(clinic, Role.CLINICIAN)
    private = writing.write("I want to die")
    assert not inbox(by=doctor, now=NOW).alarming
    writing.share(private, coach, words="I want to die")
    (entry,) = inbox(by=doctor, now=NOW).alarming
    assert "a journal entry they shared" in entry.why
    assert shared_journal(person_id=writing.person_id, by=doctor).entries == ()


def test_what_cannot_be_shared_is_refused(writing, clinic):
    coach, desk = known(clinic, Role.COACH), known(clinic, Role.COORDINATOR)
    entry = writing.write()
    with pytest.raises(InvalidInput, match="nothing to share"):
        writing.share(entry, coach, words="  ")
    with pytest.raises(InvalidInput, match="choose who"):
        writing.share(entry)
    with pytest.raises(InvalidInput, match="not of your team"):
        writing.share(entry, desk)
    with pytest.raises(Missing, match="let it arrive first"):
        writing.share(new_id(), coach)


def test_nothing_is_kept_before_the_notice_was_acknowledged_nor_under_an_unknown_key(clinic):
    writing = Writing(clinic)
    with pytest.raises(InvalidInput, match="read what is lost"):
        writing.set_up(notice="")
    with pytest.raises(InvalidInput, match="no such key"):
        writing.write()
    with pytest.raises(InvalidInput, match="1000 repetitions"):
        writing.set_up(passphrase=writing.device.wrap(SECRET, "passphrase", FEW))
    assert own_journal(by=writing.by).key is None
    with pytest.raises(Missing):
        replaced = replace(writing.by, scope=clinic.scope)
        writing.by = replaced
        writing.set_up()


def test_a_new_passphrase_closes_the_same_key(writing):
    entry = writing.write("before")
    new = writing.device.wrap("a wholly other sentence", "passphrase")
    writing.do(change_journal_passphrase, key=writing.device.key_id, passphrase=new)
    found = own_journal(by=writing.by)
    assert found.ways()[writing.device.key_id][WayIn.PASSPHRASE].words == asdict(new)
    assert writing.device.open(entry, Closed(**found.entries[0].words)) == "before"
    with pytest.raises(InvalidInput, match="no such key"):
        writing.do(change_journal_passphrase, key=new_id(), passphrase=new)


def test_who_lost_both_starts_again_under_a_new_key(writing):
    old = writing.device
    writing.write("locked for good")
    writing.device = Device(writing.person_id)
    writing.set_up()
    writing.write("new")
    found = own_journal(by=writing.by)
    assert [each.key for each in found.entries] == [old.key_id, writing.device.key_id]
    assert found.key == writing.device.key_id


def test_forgetting_a_person_closes_the_outer_lock_too(writing, clinic):
    writing.write()
    lead = known(clinic, Role.PROGRAMME_LEAD)
    erase_person(person_id=writing.person_id, why="asked_by_person", command_id=new_id(), by=lead, now=NOW)
    with scoped(writing.by.scope), pytest.raises(Missing):
        kept.entries_of(writing.by.scope, writing.person_id)


@pytest.mark.parametrize("statement", ["UPDATE {} SET by = by", "DELETE FROM {}"])
def test_what_was_kept_is_never_changed(writing, statement):
    writing.write()
    refused = pytest.raises(DatabaseError, match=r"append-only|permission denied")
    for table in ("store_journalkey", "store_journalentry"):
        with refused, scoped(writing.by.scope, apart=True), connection.cursor() as cursor:
            cursor.execute(statement.format(table))
