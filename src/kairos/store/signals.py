"""Log-ins are written by a library; they are audited by signal."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from kairos.store.audit import AuditNote, write_event
from kairos.store.ids import new_id
from kairos.store.records.accounts import User


def connect() -> None:
    """Listen to log-ins, log-outs and failed attempts."""
    user_logged_in.connect(_logged_in, dispatch_uid="kairos.audit.in")
    user_logged_out.connect(_logged_out, dispatch_uid="kairos.audit.out")
    user_login_failed.connect(_failed, dispatch_uid="kairos.audit.failed")


def _logged_in(*, user: User, **_: Any) -> None:
    _write("log_in", user)


def _logged_out(*, user: User | None, **_: Any) -> None:
    if user is not None:
        _write("log_out", user)


def _failed(**_: Any) -> None:
    """Record the attempt without what was typed: people type passwords into the wrong field."""
    note = AuditNote("user:unknown")
    write_event(
        action="log_in_failed", note=note, actor_id=new_id(), roles="", organisation_id=None, command_id=None
    )


def _write(action: str, user: User) -> None:
    note = AuditNote(f"user:{user.pk}")
    write_event(action=action, note=note, actor_id=user.pk, roles="", organisation_id=None, command_id=None)
