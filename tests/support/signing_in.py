"""A browser of the test client in which somebody is signed in."""

from uuid import UUID

from django.contrib.auth import get_user_model
from django.test import Client

from kairos.vocab.people import Role
from tests.support.accounts import make_login
from tests.support.clinic import Clinic

BACKEND = "kairos.web.accounts.backends.ByPassword"


def signed_in(clinic: Clinic, *roles: Role, username: str = "", person_id: UUID | None = None) -> Client:
    """Return a client in which somebody of the clinic with these roles is signed in."""
    login = make_login(clinic, *roles, username=username, person_id=person_id)
    client = Client()
    client.force_login(get_user_model()._default_manager.get(pk=login.id), BACKEND)
    return client
