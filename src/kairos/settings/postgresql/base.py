"""The backend: after each connect it takes on the app's role, where there is one and it may."""

from typing import Any

from django.db.backends.postgresql import base

from kairos.queries.processes import ASSUME_ROLE


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's, but row-level security and grants hold also for a log-in that owns the tables."""

    def _configure_role(self, connection: Any) -> bool:
        """Take on the role; return whether something was done that must be committed."""
        if not self.settings_dict.get("ASSUMES_APP_ROLE"):
            return False
        with connection.cursor() as cursor:
            cursor.execute(ASSUME_ROLE)
        return True
