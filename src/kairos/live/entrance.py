"""Who may listen: the same log-in as the pages have, read once at connect and again on an interval."""

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.db import OperationalError, connection
from django.utils.crypto import constant_time_compare

from kairos.queries.accounts import actor_for
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.people import Permission

RECHECK_SECONDS = 20.0
_LISTENERS = (Permission.SEE_BOARD, Permission.SEE_INBOX)
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="entrance")


def session_key(headers: list[tuple[bytes, bytes]]) -> str:
    """Return the key of the web session that the request's cookie names; empty where there is none."""
    cookies: SimpleCookie = SimpleCookie()
    with contextlib.suppress(CookieError):
        cookies.load("; ".join(value.decode("latin-1") for name, value in headers if name == b"cookie"))
    morsel = cookies.get(settings.SESSION_COOKIE_NAME)
    return morsel.value if morsel else ""


async def programmes_open_to(key: str) -> frozenset[UUID]:
    """Return the programmes this session may hear of; none for a stranger."""
    if not key:
        return frozenset()
    return await asyncio.get_running_loop().run_in_executor(_threads, _with_connection, _programmes, key)


def _with_connection(ask: Callable[[str], frozenset[UUID]], key: str) -> frozenset[UUID]:
    """Ask over this thread's connection; once more over a new one where the database was away."""
    try:
        return ask(key)
    except OperationalError:
        connection.close()
        return ask(key)


def _programmes(key: str) -> frozenset[UUID]:
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore
    held: dict[str, Any] = store(key).load()
    user = _active_user(held)
    if user is None:
        return frozenset()
    try:
        actor = actor_for(user.pk)
    except (NotAllowed, Missing):
        return frozenset()
    may_listen = any(actor.may(permission) for permission in _LISTENERS)
    return actor.scope.programme_ids if may_listen and actor.scope.patient_id is None else frozenset()


def _active_user(held: dict[str, Any]) -> Any | None:
    """Return the user that the session proves, with the checks that the pages make."""
    if SESSION_KEY not in held or held.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    user_id = str(held[SESSION_KEY])
    user = get_user_model()._default_manager.filter(pk=user_id, is_active=True).first()
    proof = str(held.get(HASH_SESSION_KEY, ""))
    is_proved = user is not None and constant_time_compare(proof, user.get_session_auth_hash())
    return user if is_proved else None
