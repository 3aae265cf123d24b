"""Keys: a ciphertext opens for its person and purpose only, and only with the master key."""

import pytest
from cryptography.exceptions import InvalidTag
from django.conf import LazySettings

from kairos.store import vault
from kairos.store.scope import scoped
from kairos.vocab.errors import Missing
from tests.support.clinic import make_clinic, make_person

pytestmark = pytest.mark.django_db


def test_words_open_for_their_person_and_purpose_only() -> None:
    clinic = make_clinic()
    first, second = make_person(clinic), make_person(clinic)
    with scoped(clinic.scope):
        key, other = vault.key_of(first), vault.key_of(second)
    closed = key.seal_words({"note": "ä"}, "note/1")
    assert key.open_words(closed, "note/1") == {"note": "ä"}
    for wrong_key, purpose in ((other, "note/1"), (key, "note/2")):
        with pytest.raises(InvalidTag):
            wrong_key.open(closed, purpose)
    assert "cipher" not in repr(key)


def test_the_same_words_never_look_the_same() -> None:
    clinic = make_clinic()
    person_id = make_person(clinic)
    with scoped(clinic.scope):
        key = vault.key_of(person_id)
    assert key.seal(b"x", "p") != key.seal(b"x", "p")


def test_a_key_of_another_programme_is_not_given() -> None:
    person_id = make_person(make_clinic())
    with scoped(make_clinic().scope), pytest.raises(Missing):
        vault.key_of(person_id)


def test_without_the_master_key_nothing_opens(settings: LazySettings) -> None:
    clinic = make_clinic()
    person_id = make_person(clinic)
    before = vault.keyed_digest(b"x")
    settings.KAIROS_MASTER_KEY = "another one"
    assert vault.keyed_digest(b"x") != before
    with scoped(clinic.scope), pytest.raises(InvalidTag):
        vault.key_of(person_id)
