"""The sealed audit: tampering is refused, and found where somebody got past; writers wait for nobody."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from django.db.utils import DatabaseError

from kairos.actions.seal_audit import seal_audit
from kairos.actions.seal_whole_audit import seal_whole_audit
from kairos.queries.audit import verify_audit
from kairos.store import seal as sealer
from kairos.store import verify as verifier
from kairos.store.audit import AuditNote, write_event
from kairos.store.ids import new_id
from kairos.store.scope import whole_audit
from kairos.vocab.people import Role
from tests.support.accounts import make_login
from tests.support.clinic import make_clinic

OLD = "UPDATE store_auditevent SET recorded_at = recorded_at - interval '1 minute' WHERE id = %s"


@pytest.fixture
def server(either_postgres: Any, settings: LazySettings, tmp_path: Path) -> Any:
    """An empty database with real commits, on PostgreSQL 18 and on 15; heads go to a fresh folder."""
    settings.KAIROS_HOME = tmp_path
    return either_postgres


def _write(action: str = "look", **given: Any) -> UUID:
    write_event(
        action=action,
        note=AuditNote("person:x", details={"what": 'Prüfung "a"\n', **given}),
        actor_id=new_id(),
        roles="nurse",
        organisation_id=new_id(),
        command_id=None,
    )
    with whole_audit(), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM store_auditevent ORDER BY xid DESC, id DESC LIMIT 1")
        return cursor.fetchone()[0]


@pytest.fixture
def superuser(server: Any) -> Iterator[psycopg.Connection[Any]]:
    """Somebody past every block: no triggers, no grants."""
    with server.server.postgres.connect(server.database) as past:
        past.execute("SET session_replication_role = replica")
        yield past


@pytest.fixture
def sealed(server: Any) -> list[UUID]:
    """Five events in two blocks."""
    events = [_write(n=n) for n in range(3)]
    seal_audit()
    events += [_write(n=n) for n in range(3, 5)]
    seal_audit()
    return events


def test_an_untouched_audit_is_whole(sealed: list[UUID]) -> None:
    found = verify_audit()
    assert (found.ok, found.rows, found.blocks, found.unsealed, found.first_bad) == (True, 5, 2, 0, None)
    assert found.head == seal_audit().hash == sealer.kept_heads()[-1].hash


@pytest.mark.usefixtures("server")
def test_an_empty_audit_is_whole() -> None:
    assert seal_audit().seq == 0
    assert verify_audit().ok


def test_a_changed_row_is_named(sealed: list[UUID], superuser: psycopg.Connection[Any]) -> None:
    superuser.execute("UPDATE store_auditevent SET why = 'x' WHERE id = %s", [sealed[1]])
    bad = verify_audit().first_bad
    assert bad and (bad.event, bad.block) == (str(sealed[1]), 1)


def test_a_changed_row_with_its_digest_made_anew_is_named(
    sealed: list[UUID], superuser: psycopg.Connection[Any]
) -> None:
    superuser.execute(
        """
        UPDATE store_auditevent SET why = 'x', digest = sha256(convert_to(json_build_array(
            id::text, xid::text, (extract(epoch FROM recorded_at) * 1000000)::bigint::text, actor::text,
            roles, action, organisation::text, programme_id::text, person_id::text, subject, 'x',
            details::text, command::text)::text, 'UTF8')) WHERE id = %s
        """,
        [sealed[2]],
    )
    bad = verify_audit().first_bad
    assert bad and bad.event == str(sealed[2])


def test_a_deleted_row_is_named(sealed: list[UUID], superuser: psycopg.Connection[Any]) -> None:
    superuser.execute("DELETE FROM store_auditevent WHERE id = %s", [sealed[3]])
    bad = verify_audit().first_bad
    assert bad and (bad.event, bad.block) == (str(sealed[3]), 2)
    assert bad.what.startswith("missing")


def test_a_row_deleted_with_its_link_is_found(sealed: list[UUID], superuser: psycopg.Connection[Any]) -> None:
    superuser.execute("DELETE FROM store_auditevent WHERE id = %s", [sealed[0]])
    superuser.execute("DELETE FROM store_auditlink WHERE event = %s", [sealed[0]])
    bad = verify_audit().first_bad
    assert bad and bad.block == 1


def test_two_swapped_rows_are_found(sealed: list[UUID], superuser: psycopg.Connection[Any]) -> None:
    for table, column in (("store_auditevent", "id"), ("store_auditlink", "event")):
        for old, new in ((sealed[0], UUID(int=7)), (sealed[1], sealed[0]), (UUID(int=7), sealed[1])):
            superuser.execute(f"UPDATE {table} SET {column} = %s WHERE {column} = %s", [new, old])
    bad = verify_audit().first_bad
    assert bad and bad.block == 1


def test_two_swapped_places_are_found(sealed: list[UUID], superuser: psycopg.Connection[Any]) -> None:
    for event, place in ((sealed[0], 99), (sealed[1], 1), (sealed[0], 2)):
        superuser.execute("UPDATE store_auditlink SET place = %s WHERE event = %s", [place, event])
    bad = verify_audit().first_bad
    assert bad and bad.block == 1


def _cut_off(superuser: psycopg.Connection[Any], block: int) -> None:
    superuser.execute(
        "DELETE FROM store_auditevent WHERE id IN (SELECT event FROM store_auditlink WHERE block = %s)",
        [block],
    )
    superuser.execute("DELETE FROM store_auditlink WHERE block = %s", [block])
    superuser.execute("DELETE FROM store_auditblock WHERE seq = %s", [block])


def test_a_cut_off_end_is_found_by_the_head_outside(
    sealed: list[UUID], superuser: psycopg.Connection[Any]
) -> None:
    _cut_off(superuser, 2)
    bad = verify_audit().first_bad
    assert bad and bad.what.startswith("cut off") and bad.block == 2


def test_an_end_made_anew_is_found_by_the_head_outside(
    sealed: list[UUID], superuser: psycopg.Connection[Any]
) -> None:
    _cut_off(superuser, 2)
    _write("another")
    seal_audit()
    bad = verify_audit().first_bad
    assert bad and bad.block == 2


def test_a_missing_first_block_is_found(sealed: list[UUID], superuser: psycopg.Connection[Any]) -> None:
    _cut_off(superuser, 1)
    bad = verify_audit().first_bad
    assert bad and bad.block == 2


@pytest.mark.usefixtures("server")
def test_a_fresh_row_may_wait_and_an_old_one_may_not(superuser: psycopg.Connection[Any]) -> None:
    event = _write()
    found = verify_audit()
    assert (found.ok, found.unsealed) == (True, 1)
    superuser.execute(OLD, [event])
    bad = verify_audit().first_bad
    assert bad and bad.event == str(event) and bad.what.startswith("changed")


@pytest.mark.usefixtures("server")
def test_a_row_left_unsealed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    event = _write()
    monkeypatch.setattr(verifier, "SEALED_WITHIN", timedelta(0))
    bad = verify_audit().first_bad
    assert bad and bad.event == str(event) and bad.what.startswith("not sealed")


@pytest.mark.parametrize(
    "statement",
    ["UPDATE store_auditevent SET why = 'x'", "DELETE FROM store_auditevent", "TRUNCATE store_auditevent"],
)
def test_the_app_and_the_owner_are_refused(sealed: list[UUID], server: Any, statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)
    with server.server.connect("kairos_owner", server.database) as owner:
        owner.execute("SELECT set_config('kairos.audit', 'all', false)")
        if statement.startswith("TRUNCATE"):
            with pytest.raises(psycopg.Error, match="append-only"):
                owner.execute(statement)
            return
        # FORCE hides the rows from the owner's UPDATE and DELETE already: there is no policy for them.
        assert owner.execute(statement).rowcount == 0
    assert verify_audit().ok


def test_open_writers_are_waited_for_by_the_sealer_only(server: Any) -> None:
    """A transaction still open keeps later ones unsealed for a moment; it never delays them."""
    address = server.server.address("kairos_app", server.database)
    insert = (
        "INSERT INTO store_auditevent (id, actor, roles, action, subject, why, details)"
        " VALUES (gen_random_uuid(), gen_random_uuid(), '', 'slow', 's', '', '{}')"
    )
    with psycopg.connect(**address) as slow:
        slow.execute(insert)
        _write("quick")
        assert seal_audit().seq == 0
        slow.commit()
    assert seal_audit().seq == 1
    with connection.cursor() as cursor, whole_audit():
        cursor.execute(
            "SELECT e.action FROM store_auditlink l JOIN store_auditevent e ON e.id = l.event ORDER BY place"
        )
        assert [row[0] for row in cursor.fetchall()] == ["slow", "quick"]


def test_the_last_seal_waits_for_a_writer_that_is_ending(server: Any) -> None:
    """And it gives up in the end, saying how many events are left."""
    with psycopg.connect(**server.server.address("kairos_app", server.database)) as slow:
        slow.execute("SELECT pg_current_xact_id()")
        _write("quick")
        assert seal_whole_audit(wait=lambda: None, tries=3) == 1
        assert seal_whole_audit(wait=slow.rollback) == 0
    assert verify_audit().unsealed == 0


def test_eight_writers_at_once_do_not_wait_for_each_other(server: Any) -> None:
    """All eight hold an uncommitted event at the same moment: none could, if one waited for another."""
    address = server.server.address("kairos_app", server.database)
    together = threading.Barrier(8, timeout=30)
    failures: list[BaseException] = []

    def write() -> None:
        try:
            with psycopg.connect(**address) as own:
                own.execute("SET LOCAL lock_timeout = '2s'")
                own.execute(
                    "INSERT INTO store_auditevent (id, actor, roles, action, subject, why, details)"
                    " VALUES (gen_random_uuid(), gen_random_uuid(), '', 'many', 's', '', '{}')"
                )
                together.wait()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    seal_audit()
    found = verify_audit()
    assert (found.ok, found.rows, found.unsealed) == (True, 8, 0)


def test_a_second_sealer_leaves_the_work_to_the_first(server: Any) -> None:
    _write()
    with psycopg.connect(**server.server.address("kairos_app", server.database)) as first:
        first.execute("SELECT pg_advisory_xact_lock(%s)", [sealer._LOCK])
        assert seal_audit().seq == 0
    assert seal_audit().seq == 1


@pytest.mark.usefixtures("server")
def test_more_rows_than_a_block_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealer, "LARGEST_BLOCK", 2)
    with transaction.atomic():
        for n in range(5):
            _write(n=n)
    assert [seal_audit().seq for _ in range(4)] == [1, 2, 3, 3]
    assert verify_audit().ok


def test_after_a_restore_into_a_younger_cluster(
    sealed: list[UUID], superuser: psycopg.Connection[Any]
) -> None:
    """There transaction ids are lower than those of the last block; new events are sealed all the same."""
    superuser.execute("UPDATE store_auditblock SET low_xid = '900000000000'")
    _write("after the restore")
    assert seal_audit().seq == 3
    _write("and again")
    assert seal_audit().seq == 4
    assert verify_audit().ok


def test_a_half_written_head_is_passed_over(sealed: list[UUID]) -> None:
    with sealer.heads_file().open("a") as file:
        file.write('{"seq": 3, "ha')
    assert verify_audit().ok
    assert json.loads(sealer.heads_file().read_text().splitlines()[0])["seq"] == 1


@pytest.mark.django_db
def test_log_ins_are_in_the_audit() -> None:
    from django.contrib.auth import authenticate
    from django.contrib.auth.signals import user_logged_in, user_logged_out
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest

    from kairos.store.records.accounts import User

    nurse = make_login(make_clinic(), Role.NURSE)
    user = User.objects.get(pk=nurse.id)
    authenticate(None, username=user.username, password="typed into the wrong field")
    authenticate(None, username="typed into the name", password="wrong")
    request = HttpRequest()
    request.session = SessionStore()
    user_logged_in.send(User, user=user, request=request)
    user_logged_out.send(User, user=user, request=None)
    user_logged_out.send(User, user=None, request=None)
    with whole_audit(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT action, subject, organisation IS NOT NULL, roles, details::text"
            " FROM store_auditevent ORDER BY recorded_at"
        )
        found = cursor.fetchall()
    assert [row[:4] for row in found] == [
        ("log_in_failed", f"user:{user.pk}", True, ""),
        ("log_in_failed", "user:unknown", False, ""),
        ("log_in", f"user:{user.pk}", True, "nurse"),
        ("log_out", f"user:{user.pk}", True, "nurse"),
    ]
    assert "typed" not in str(found)
