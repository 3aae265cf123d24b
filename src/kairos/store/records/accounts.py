"""Log-ins, and the roles they have in programmes."""

from typing import Any, ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models

from kairos.store.records.base import id_field, recorded_field
from kairos.vocab.people import Role


class UserManager(BaseUserManager["User"]):
    """Makes log-ins. There is no superuser: every power comes from a membership."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Return a saved log-in; without a password it cannot be used until one is set."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A log-in: someone of the staff, a patient or a support person."""

    id = id_field()
    username = models.CharField(max_length=150, unique=True, validators=[UnicodeUsernameValidator()])
    display_name = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    language = models.TextField(default="en")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    recorded_at = recorded_field()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    # Libraries ask for these; nobody has them here.
    is_staff = False
    is_superuser = False

    def get_full_name(self) -> str:
        """Return the name other people see."""
        return self.display_name or self.username

    def get_short_name(self) -> str:
        """Return the name other people see."""
        return self.get_full_name()


@pghistory.track()
class Membership(models.Model):
    """One role of one log-in, in a programme (or, for administrators, in the organisation)."""

    id = id_field()
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey("store.Organisation", models.PROTECT, related_name="+")
    programme = models.ForeignKey("store.Programme", models.PROTECT, related_name="+", null=True)
    site = models.ForeignKey("store.Site", models.PROTECT, related_name="+", null=True)
    person = models.ForeignKey("store.Person", models.PROTECT, related_name="+", null=True)
    role = models.TextField(choices=[(role.value, role.value) for role in Role])
    ended_at = models.DateTimeField(null=True)
    recorded_at = recorded_field()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "programme", "site", "role"],
                nulls_distinct=False,
                condition=models.Q(ended_at__isnull=True),
                name="membership_once",
            )
        ]
