"""Secrets of this installation: given by the environment, or made once and kept in ``KAIROS_HOME``."""

import os
import secrets

from kairos.cli.environment import Environment
from kairos.vocab.errors import InvalidInput, Problem


def read_or_make_secret(environment: Environment, name: str) -> str:
    """Return the secret ``KAIROS_<NAME>``, else the one in the home folder, made on first use.

    Production never makes one: a secret that a restart could replace is no secret.
    """
    variable = f"KAIROS_{name.upper()}"
    given = os.environ.get(variable, "")
    if given:
        return given
    if environment.is_production:
        raise InvalidInput(Problem(variable, "is not set; production takes its secrets from the environment"))
    environment.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = environment.home / name
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    value = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w") as file:
        file.write(value)
    return value
