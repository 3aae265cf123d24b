"""Where the database is: ``DATABASE_URL``, else the embedded server's private socket."""

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from kairos.cli.environment import Environment
from kairos.cli.postgres_places import APP_ROLE, OWNER_ROLE, connection_address, places
from kairos.vocab.errors import InvalidInput, Problem


def parse_database_url(url: str) -> dict[str, Any]:
    """Return Django's settings for a ``postgresql://user:password@host:port/name?option=value`` address."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise InvalidInput(Problem("DATABASE_URL", "must start with postgresql://"))
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", unquote(parts.hostname or ""))
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options | _pooled(),
        **_COMMON,
    }


def database_config(environment: Environment) -> dict[str, Any]:
    """Return the connection of the role that the processes run as."""
    if environment.database_url:
        return parse_database_url(environment.database_url) | {"ASSUMES_APP_ROLE": True}
    if environment.is_production:
        raise InvalidInput(
            Problem("DATABASE_URL", "is not set; production needs PostgreSQL of its own, 15 or newer")
        )
    return _embedded(environment, APP_ROLE)


def owner_config(environment: Environment) -> dict[str, Any]:
    """Return the connection of the role that migrates: the owner's, else the one of ``DATABASE_URL``."""
    if environment.database_url:
        url = environment.database_owner_url or environment.database_url
        return parse_database_url(url) | {"ASSUMES_APP_ROLE": False}
    return _embedded(environment, OWNER_ROLE)


def _pooled() -> dict[str, Any]:
    """Return the options of a pool where the process that starts us asked for one (web, for its threads)."""
    size = int(os.environ.get("KAIROS_DATABASE_POOL", "0"))
    return {"pool": {"min_size": 1, "max_size": size, "timeout": 10}} if size else {}


_COMMON: dict[str, Any] = {
    "ENGINE": "kairos.settings.postgresql",
    "CONN_MAX_AGE": 0,
    "CONN_HEALTH_CHECKS": True,
}


def _embedded(environment: Environment, role: str) -> dict[str, Any]:
    address = connection_address(places(environment.home), role)
    return {
        "NAME": address["dbname"],
        "USER": role,
        "PASSWORD": address["password"],
        "HOST": address["host"],
        "PORT": "",
        "OPTIONS": _pooled(),
        **_COMMON,
    }
