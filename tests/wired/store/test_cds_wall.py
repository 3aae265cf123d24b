"""A system that asks by CDS Hooks: found by its own name alone, and walled in its programme."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.utils import IntegrityError, ProgrammingError

from kairos.store.ids import new_id
from kairos.store.repositories import cds_clients, given_cards
from kairos.store.repositories.cds_clients import CdsClient
from kairos.store.repositories.given_cards import KeptCard, KeptFeedback
from kairos.store.scope import as_cds_client, scoped
from kairos.vocab.errors import Missing
from tests.support.clinic import make_clinic

pytestmark = pytest.mark.django_db

ISSUER = "https://ehr.example.org"


def client_in(clinic, issuer=ISSUER):
    client = CdsClient(new_id(), clinic.programme_id, issuer, "The hospital", ({"kid": "1"},), new_id())
    with scoped(clinic.scope):
        cds_clients.add_client(clinic.scope, client)
    return client


def count(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_a_client_is_shown_by_its_name_and_to_its_programme_alone():
    ours, theirs = make_clinic(), make_clinic()
    client_in(ours)
    assert cds_clients.newest_of(ISSUER)[1] == ours.scope
    with pytest.raises(Missing):
        cds_clients.newest_of("https://nobody.example.org")
    with as_cds_client("https://nobody.example.org"):
        assert count("store_cdsclient") == 0
    with scoped(theirs.scope):
        assert count("store_cdsclient") == 0


def test_the_database_refuses_a_client_of_another_programme(monkeypatch):
    monkeypatch.setattr(cds_clients, "check_within", lambda *given: None)
    ours, theirs = make_clinic(), make_clinic()
    foreign = CdsClient(new_id(), theirs.programme_id, ISSUER, "x", (), new_id())
    with pytest.raises(ProgrammingError, match="row-level security"), scoped(ours.scope):
        cds_clients.add_client(ours.scope, foreign)


def test_cards_and_feedback_are_the_programme_s_and_are_never_changed():
    ours, theirs = make_clinic(), make_clinic()
    card = KeptCard(new_id(), ours.programme_id, ISSUER, "order-sign", new_id(), "info", ("a",), "v1")
    told = KeptFeedback(
        new_id(), ours.programme_id, card.id, "overridden", (), "", "", False, datetime.now(UTC)
    )
    with scoped(ours.scope):
        given_cards.add_cards(ours.scope, [card])
        given_cards.add_feedback(ours.scope, [told])
        assert given_cards.cards_by_id(ours.scope, [card.id]) == (card,)
        assert given_cards.feedback_of(ours.scope, card.id) == (told,)
    with scoped(theirs.scope):
        assert given_cards.cards_by_id(ours.scope, [card.id]) == ()
        assert given_cards.feedback_of(ours.scope, card.id) == ()
    with pytest.raises((ProgrammingError, IntegrityError)), scoped(ours.scope), connection.cursor() as cursor:
        cursor.execute("UPDATE store_givencard SET indicator = 'critical'")
