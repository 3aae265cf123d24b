"""Who may open which page. Deny by default: a route that declares nothing is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver

from kairos.vocab.people import GRANTS, Actor, Permission, Role

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True, slots=True)
class Access:
    """What one route declares.

    Exactly one of: a ``permission``; ``signed_in`` (anyone with an account, about that account);
    ``public`` (anyone at all). The last two say why. ``watchable``: while entry is locked, the page
    may still be read by whoever stands before the screen, in the same scope, and nothing entered.
    ``while_locked``: the page answers on a locked screen too; one with a permission asks itself whether
    the screen was handed to whom it is about.
    """

    permission: Permission | None = None
    watchable: bool = False
    signed_in: bool = False
    public: bool = False
    while_locked: bool = False
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse declarations that say nothing, too much, or no reason."""
        if sum((self.permission is not None, self.signed_in, self.public)) != 1:
            raise ValueError("declare one of: a permission, signed_in, public")
        if self.permission is None and not self.reason:
            raise ValueError("a route without a permission says why")
        if self.watchable and self.permission is None:
            raise ValueError("only a route with a permission can be watched while locked")

    def lets_in(self, roles: frozenset[Role] | None) -> bool:
        """Whether somebody with these roles may come in; ``None`` is a stranger."""
        if self.public or roles is None:
            return self.public
        return self.permission is None or not roles.isdisjoint(GRANTS[self.permission])


class ActingRequest(HttpRequest):
    """A request that passed the door: it knows who acts, and whether entry is locked."""

    actor: Actor | None
    is_locked: bool


def allow(
    permission: Permission | None = None,
    *,
    watchable: bool = False,
    signed_in: bool = False,
    public: bool = False,
    while_locked: bool = False,
    reason: str = "",
) -> Callable[[View], View]:
    """Declare who may open a view; the door (``AccessMiddleware``) reads it.

    Raises
    ------
    ValueError    not exactly one way in, or no reason where one is wanted
    """
    access = Access(permission, watchable, signed_in, public, while_locked, reason)

    def declare(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return declare


def access_of(view: Callable[..., Any]) -> Access | None:
    """Return what a view declares; ``None`` where it declares nothing."""
    declared = getattr(view, "access", None)
    return declared if isinstance(declared, Access) else None


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the URL conf and what it declares."""

    pattern: str
    name: str
    access: Access | None


def walk_routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> list[Route]:
    """Return every route below these patterns, in order."""
    routes: list[Route] = []
    for entry in patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            routes += walk_routes(entry.url_patterns, path)
        else:
            routes.append(Route("/" + path, entry.name or "", access_of(entry.callback)))
    return routes


def describe_access(routes: list[Route]) -> str:
    """Return the page ``docs/reference/access.md``: each route, who may open it and why."""
    lines = [
        "# Who may open which page",
        "",
        "Generated from the routes by `scripts/print_routes.py`; a test fails when it is old.",
        "A locked screen may still be read where it says so; nothing can be entered on it.",
        "",
        "| Route | Name | Who | Locked |",
        "|---|---|---|---|",
    ]
    lines += [_describe(route) for route in sorted(routes, key=lambda r: (r.pattern, r.name))]
    return "\n".join(lines) + "\n"


def _describe(route: Route) -> str:
    access = route.access
    if access is None:
        who = "nobody: declares nothing"
    elif access.permission is None:
        who = f"{'anyone' if access.public else 'anyone signed in'}: {access.reason}"
    else:
        holders = ", ".join(sorted(role.replace("_", " ") for role in GRANTS[access.permission]))
        who = f"`{access.permission}`: {holders}"
    locked = "can be watched" if access and access.watchable else ""
    return f"| `{route.pattern}` | `{route.name}` | {who} | {locked} |"
