"""The Django app that holds every table."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class StoreConfig(AppConfig):
    """Registers the app and keeps the grants of the application role complete after each migration."""

    name = "kairos.store"
    label = "store"

    def ready(self) -> None:
        """Connect the signals: grants after a migration, audit of log-ins."""
        from kairos.store import signals
        from kairos.store.sql import apply_grants

        post_migrate.connect(apply_grants, dispatch_uid="kairos.store.grants")
        signals.connect()
