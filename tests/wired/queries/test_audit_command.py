"""``kairos audit verify``: its words, its JSON and its exit codes."""

import contextlib
import json
from collections.abc import Iterator
from typing import Any

import pytest

from kairos.cli import audit
from kairos.cli.main import main
from kairos.store import verify
from kairos.store.audit import AuditNote, write_event
from kairos.store.ids import new_id
from tests.support.clinic import make_clinic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _this_database(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextlib.contextmanager
    def session(*, only_reads: bool) -> Iterator[None]:
        assert only_reads
        yield

    monkeypatch.setattr(audit, "database_session", session)


@pytest.fixture
def one_event() -> None:
    make_clinic()
    write_event(
        action="look",
        note=AuditNote("person:x"),
        actor_id=new_id(),
        roles="",
        organisation_id=None,
        command_id=None,
    )


@pytest.mark.usefixtures("one_event")
def test_json_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "ok": True,
        "rows": 1,
        "blocks": 0,
        "unsealed": 1,
        "first_bad": None,
        "head": "",
    }


@pytest.mark.usefixtures("one_event")
def test_what_is_wrong_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    monkeypatch.setattr(verify, "SEALED_WITHIN", -verify.SEALED_WITHIN)
    assert main(["audit", "verify", "--json"]) == 1
    bad = json.loads(capsys.readouterr().out)["first_bad"]
    assert main(["audit", "verify"]) == 1
    assert bad["event"] in capsys.readouterr().out


def test_words_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "verify"]) == 0
    assert "The audit is whole" in capsys.readouterr().out
