"""What the import contracts cannot say: doors that stay shut, and sources that are alive."""

import re

from kairos.content.release import load_release
from scripts.repository import PACKAGE, python_files, shown

CITED = re.compile(r"cite:([a-z0-9][a-z0-9-]*)")
WRITES_PAST_ACTIONS = re.compile(r"django\.contrib\.admin|ModelForm|modelform_factory")


def sources(*rooms):
    return [(p, p.read_text(encoding="utf-8")) for p in python_files(*(PACKAGE / r for r in rooms))]


def test_no_door_writes_past_the_actions():
    """Django's admin and model forms would change rows without action, scope and audit."""
    assert [shown(p) for p, text in sources("") if WRITES_PAST_ACTIONS.search(text)] == []


def test_every_citation_in_code_is_alive():
    keys = {key.removeprefix("cite:") for key in load_release().citations}
    dead = [f"{shown(p)}: {key}" for p, text in sources("") for key in CITED.findall(text) if key not in keys]
    assert dead == []


def test_queries_do_not_write():
    """A read that must be recorded is two calls in the entrance: the action, then the query."""
    writes = re.compile(
        r"\.(save|create|update|delete|bulk_create|bulk_update|append)\(\s*scope"
        r"|INSERT INTO|UPDATE \w+ SET|DELETE FROM"
    )
    assert [shown(p) for p, text in sources("queries") if writes.search(text)] == []


def test_actions_leave_jobs_alone():
    """What must be told later is an outbox row in the same transaction."""
    assert [
        shown(p) for p, text in sources("actions") if re.search(r"procrastinate|send_mail|\.defer\(", text)
    ] == []
