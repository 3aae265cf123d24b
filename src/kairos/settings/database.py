"""Where the database is: ``DATABASE_URL``, else the embedded server's private socket."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from kairos.cli.environment import Environment


def parse_database_url(url: str) -> dict[str, Any]:
    """Return Django's settings for a ``postgresql://user:password@host:port/name?option=value`` address."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError("DATABASE_URL must start with postgresql://")
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", unquote(parts.hostname or ""))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 0,
    }


def database_config(environment: Environment) -> dict[str, Any]:
    """Return the connection of the application role."""
    if environment.database_url:
        return parse_database_url(environment.database_url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "kairos",
        "USER": "kairos_app",
        "PASSWORD": "",
        "HOST": str(environment.home / "postgres" / "socket"),
        "PORT": "",
        "OPTIONS": {},
        "CONN_MAX_AGE": 0,
    }
