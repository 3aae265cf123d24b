"""What the environment says, read in one place.

``KAIROS_HOME`` (default ``.kairos``), ``PORT`` (8000), ``DATABASE_URL`` (none: the embedded server),
``DATABASE_OWNER_URL`` (none: migrations use ``DATABASE_URL``), ``KAIROS_ENV`` (``local``),
``KAIROS_HOSTS`` (in production the names under which browsers reach us, with commas; else any).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kairos.vocab.errors import InvalidInput, Problem

ENVIRONMENTS = ("local", "demo", "test", "production")
_PORTS = range(1, 65536)


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings a machine gives from outside."""

    home: Path
    port: int
    name: str
    database_url: str
    database_owner_url: str
    hosts: list[str]

    @property
    def is_production(self) -> bool:
        """Whether conveniences (embedded server, demo log-ins) must be refused."""
        return self.name == "production"


def read_environment(variables: Mapping[str, str] | None = None) -> Environment:
    """Return the environment, or refuse a name that is not known.

    Raises
    ------
    InvalidInput    ``KAIROS_ENV`` or ``PORT`` cannot be used
    """
    values = os.environ if variables is None else variables
    name = values.get("KAIROS_ENV", "local")
    if name not in ENVIRONMENTS:
        raise InvalidInput(Problem("KAIROS_ENV", f"is {name!r}; use one of {', '.join(ENVIRONMENTS)}"))
    port = values.get("PORT", "8000")
    if not port.isdecimal() or int(port) not in _PORTS:
        raise InvalidInput(Problem("PORT", f"is {port!r}; use a number from 1 to 65535"))
    return Environment(
        home=Path(values.get("KAIROS_HOME", ".kairos")).resolve(),
        port=int(port),
        name=name,
        database_url=values.get("DATABASE_URL", ""),
        database_owner_url=values.get("DATABASE_OWNER_URL", ""),
        hosts=_hosts(values.get("KAIROS_HOSTS", ""), is_production=name == "production"),
    )


def _hosts(given: str, *, is_production: bool) -> list[str]:
    names = [name.strip() for name in given.split(",") if name.strip()]
    if is_production and not names:
        raise InvalidInput(Problem("KAIROS_HOSTS", "is not set; name the hosts that browsers reach us by"))
    return names or ["*"]
