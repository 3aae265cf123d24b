"""Log-ins are written by a library; they are audited by signal."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from kairos.store.audit import AuditNote, write_event
from kairos.store.records.accounts import User
from kairos.store.repositories.accounts import memberships_of

NOBODY_ID = UUID(int=0)
"""Who tried, where nobody has proved to be anybody."""


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


def _failed(*, credentials: Mapping[str, Any], **_: Any) -> None:
    """Record the attempt without what was typed: people type passwords into the wrong field.

    Where the name is a log-in's, the event names that log-in by its id.
    """
    known = User.objects.filter(username=credentials.get("username", "")).first()
    if known is not None:
        _write("log_in_failed", known, actor_id=NOBODY_ID)
        return
    note = AuditNote("user:unknown")
    write_event(
        action="log_in_failed", note=note, actor_id=NOBODY_ID, roles="", organisation_id=None, command_id=None
    )


def _write(action: str, user: User, *, actor_id: UUID | None = None) -> None:
    """Write the event where the auditors of the log-in's organisation read it."""
    memberships = memberships_of(user.pk)
    organisation_id = memberships[0].organisation_id if memberships else None
    roles = ",".join(sorted({m.role for m in memberships if m.organisation_id == organisation_id}))
    note = AuditNote(f"user:{user.pk}")
    write_event(
        action=action,
        note=note,
        actor_id=actor_id or user.pk,
        roles="" if actor_id else roles,
        organisation_id=organisation_id,
        command_id=None,
    )
