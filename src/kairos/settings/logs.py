"""What may not be written into a log: addresses that are secrets themselves."""

import logging
import re
from typing import Any

_SECRET_ADDRESS = re.compile(r"/(l|set-up)/[^\s?]+")


class KeepSecretAddresses(logging.Filter):
    """Replaces the secret part of one-tap and set-up links in whatever a line is filled with."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the line, and let it through."""
        record.msg = _without_secrets(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_without_secrets(part) for part in record.args)
        return True


def _without_secrets(part: Any) -> Any:
    return _SECRET_ADDRESS.sub(r"/\1/...", part) if isinstance(part, str) else part


_CAREFUL = {"filters": ["keep_secret_addresses"]}
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"keep_secret_addresses": {"()": KeepSecretAddresses}},
    "loggers": {"django.request": _CAREFUL, "django.security.csrf": _CAREFUL},
}
"""Added to Django's own: the loggers that write the path of a request."""
