"""Settings of the tests: a home of their own, and the database that ``tests/support/database.py`` starts."""

import os
import tempfile

os.environ["KAIROS_ENV"] = "test"
os.environ.pop("DATABASE_URL", None)
os.environ.pop("DATABASE_OWNER_URL", None)
os.environ["KAIROS_HOME"] = os.environ.get("KAIROS_TEST_HOME") or tempfile.mkdtemp(prefix="kairos-test-")

from kairos.settings.base import *  # noqa: F403

# What is tested is that a password is needed, not how slowly it is hashed.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
