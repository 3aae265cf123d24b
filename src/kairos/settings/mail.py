"""Where mail leaves, and the address that links in it begin with.

``KAIROS_SMTP`` (``smtp://user:password@host:port``; none: no mail leaves), ``KAIROS_MAIL_FROM``,
``KAIROS_ADDRESS`` (how people reach us from outside; else the first host in production, else this machine).
"""

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from kairos.cli.environment import Environment

_SUBMISSION_PORT = 587


def by_environment(environment: Environment, variables: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the settings of mail."""
    values = os.environ if variables is None else variables
    server = urlsplit(values.get("KAIROS_SMTP", ""))
    return {
        "EMAIL_HOST": server.hostname or "",
        "EMAIL_PORT": server.port or _SUBMISSION_PORT,
        "EMAIL_HOST_USER": unquote(server.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(server.password or ""),
        "EMAIL_USE_TLS": server.scheme == "smtp" and server.hostname not in ("localhost", "127.0.0.1"),
        "EMAIL_TIMEOUT": 20,
        "DEFAULT_FROM_EMAIL": values.get("KAIROS_MAIL_FROM", "no-reply@localhost"),
        "KAIROS_ADDRESS": values.get("KAIROS_ADDRESS", _address(environment)).rstrip("/"),
    }


def _address(environment: Environment) -> str:
    if environment.is_production:
        return f"https://{environment.hosts[0]}"
    return f"http://127.0.0.1:{environment.port}"
