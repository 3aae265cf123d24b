"""Where the database is: ``DATABASE_URL``, else the embedded server's private socket."""

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
        "OPTIONS": options,
        **_COMMON,
    }


def database_config(environment: Environment) -> dict[str, Any]:
    """Return the connection of the role that the processes run as."""
    if environment.database_url:
        return parse_database_url(environment.database_url)
    return _embedded(environment, APP_ROLE)


def owner_config(environment: Environment) -> dict[str, Any]:
    """Return the connection of the role that migrates: the owner's, else the one of ``DATABASE_URL``."""
    if environment.database_url:
        return parse_database_url(environment.database_owner_url or environment.database_url)
    return _embedded(environment, OWNER_ROLE)


_COMMON: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 0}


def _embedded(environment: Environment, role: str) -> dict[str, Any]:
    address = connection_address(places(environment.home), role)
    return {
        "NAME": address["dbname"],
        "USER": role,
        "PASSWORD": address["password"],
        "HOST": address["host"],
        "PORT": "",
        "OPTIONS": {},
        **_COMMON,
    }
