"""The Django app of the screens."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Screens; connects what happens at log-in."""

    name = "kairos.web"

    def ready(self) -> None:
        """Listen for log-ins."""
        from kairos.web.accounts import signals  # noqa: F401 - listening starts with the app
