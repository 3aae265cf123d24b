"""Brings the tables up to date, on the database that Django points to as the owner."""

from kairos.cli.postgres_places import APP_ROLE


def migrate_and_grant(*, quiet: bool) -> None:
    """Run all migrations on the database that Django points to; the role for the app is there before."""
    from django.core.management import call_command

    _ensure_app_role()
    call_command("migrate", interactive=False, verbosity=0 if quiet else 1)


def _ensure_app_role() -> None:
    """Make the app's role where we may and nobody has (an external database); it cannot log in by itself."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE])
        if cursor.fetchone():
            return
        cursor.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
        row = cursor.fetchone()
        if row and row[0]:
            cursor.execute(f"CREATE ROLE {APP_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS")
            cursor.execute(f"GRANT {APP_ROLE} TO CURRENT_USER")
