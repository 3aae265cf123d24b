"""Which loops the jobs process runs: what, how often, by which action."""

import importlib
import logging
import pkgutil
from collections.abc import Callable, Iterable
from functools import partial
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

import kairos.actions
from kairos.actions.open_missing_plans import open_missing_plans
from kairos.actions.seal_audit import seal_audit
from kairos.actions.send_outbox import send_outbox
from kairos.actions.work_deadlines import work_deadlines
from kairos.jobs.content import register_installed_content
from kairos.jobs.loops import Loop
from kairos.jobs.post import post
from kairos.queries.accounts import system_actors
from kairos.queries.integration import plans_missing
from kairos.vocab.people import Actor

log = logging.getLogger("kairos.jobs")


def make_loops() -> list[Loop]:
    """Return the loops, with every kind of deadline and message known."""
    load_actions()
    return [
        Loop("deadlines", 0.5, partial(_for_each, _work_deadlines)),
        Loop("outbox", 2.0, partial(_for_each, _send_outbox)),
        Loop("sealer", 2.0, seal_audit),
        Loop("content", 30.0, register_installed_content),
        Loop("plans for the days after", 300.0, partial(_for_each, _open_missing_plans)),
    ]


def load_actions() -> None:
    """Import every action: modules that own a kind of deadline or message add it when imported."""
    for module in pkgutil.iter_modules(kairos.actions.__path__):
        importlib.import_module(f"kairos.actions.{module.name}")


def _for_each(work: Callable[[Actor], int]) -> int:
    """Do the work as each organisation's own process. One that fails does not keep the others from theirs."""
    failure: Exception | None = None
    done = 0
    for actor in _actors():
        try:
            done += work(actor)
        except Exception as error:
            failure = error
    if failure is not None:
        raise failure
    return done


def _actors() -> Iterable[Actor]:
    with transaction.atomic():
        return system_actors()


def _work_deadlines(actor: Actor) -> int:
    return work_deadlines(by=actor, now=timezone.now())


def _open_missing_plans(actor: Actor) -> int:
    """Open the plans of sessions held before plans opened by themselves; nothing is written where none is."""
    missing, now = plans_missing(by=actor), timezone.now()
    if not missing:
        return 0
    return open_missing_plans(planned_session_ids=missing, command_id=uuid4(), by=actor, now=now)


def _send_outbox(actor: Actor) -> int:
    return send_outbox(by=actor, now=timezone.now(), post=post)
