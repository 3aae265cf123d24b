"""What every query has in common: its permission, and a transaction that shows the actor's scope only."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from kairos.store.command import check_permission
from kairos.store.scope import scoped
from kairos.vocab.people import Actor, Permission

P = ParamSpec("P")
R = TypeVar("R")


def reading(permission: Permission | None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a query of a keyword-only function that takes ``by``; ``None`` admits our own processes only."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def query(*args: P.args, **kwargs: P.kwargs) -> R:
            by = cast("Actor", kwargs["by"])
            check_permission(by, permission)
            with scoped(by.scope, only_reads=True):
                return function(*args, **kwargs)

        return query

    return decorate
