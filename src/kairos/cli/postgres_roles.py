"""The two roles: the owner migrates, the app runs; neither is a superuser nor passes row-level security."""

from typing import Any

import psycopg
from psycopg import sql

from kairos.cli.postgres_places import APP_ROLE, DATABASE, OWNER_ROLE, Places, read_or_make_password

_LIMITS = "NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION"


def ensure_roles(connection: psycopg.Connection[Any], where: Places) -> None:
    """Make both roles and the database on the embedded server, and set the passwords that we keep."""
    for role in (OWNER_ROLE, APP_ROLE):
        _ensure_role(connection, role, read_or_make_password(where, role))
    ensure_database(connection, DATABASE)


def _ensure_role(connection: psycopg.Connection[Any], role: str, password: str) -> None:
    known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb = sql.SQL("CREATE" if known is None else "ALTER")
    command = sql.SQL("{} ROLE {} LOGIN {} PASSWORD {}")
    limits = sql.SQL(_LIMITS)
    connection.execute(command.format(verb, sql.Identifier(role), limits, sql.Literal(password)))


def ensure_database(connection: psycopg.Connection[Any], name: str, template: str = "template1") -> None:
    """Make a database of the owner's, closed to all roles but the app's."""
    known = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone()
    if known is not None:
        return
    database, owner, app = sql.Identifier(name), sql.Identifier(OWNER_ROLE), sql.Identifier(APP_ROLE)
    create = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
    connection.execute(create.format(database, owner, sql.Identifier(template)))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, app))
