"""CDS Hooks over HTTP: discovery, questions by signed token, feedback; nothing of a person is kept."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import orjson
import pytest
from django.db import connection
from django.test import Client

from kairos.actions.register_cds_client import register_cds_client
from kairos.store.ids import new_id
from kairos.store.repositories import given_cards
from kairos.store.scope import scoped
from kairos.vocab.people import Role
from tests.support import canaries
from tests.support import cds_hooks as made
from tests.support.clinic import Clinic, make_clinic, staff
from tests.support.signed_tokens import ISSUER, ec_key, public_jwk, signed

pytestmark = pytest.mark.django_db

HOST = "http://testserver"


@dataclass
class Caller:
    """Another system, registered in a clinic's programme."""

    clinic: Clinic
    http: Client

    def post(self, path, document, *, token=None, **claims):
        token = token or signed(f"{HOST}{path}", datetime.now(UTC), **claims)
        body = document if isinstance(document, bytes) else orjson.dumps(document)
        header = {"HTTP_AUTHORIZATION": f"Bearer {token}"} if token != "none" else {}
        return self.http.post(path, body, content_type="application/json", **header)


def register(clinic, keys=None):
    register_cds_client(
        programme_id=clinic.programme_id,
        issuer=ISSUER,
        name="The hospital",
        keys=(public_jwk(ec_key()),) if keys is None else keys,
        command_id=new_id(),
        by=staff(clinic, Role.ADMINISTRATOR),
        now=datetime.now(UTC),
    )


@pytest.fixture
def caller():
    clinic = make_clinic()
    register(clinic)
    return Caller(clinic, Client(enforce_csrf_checks=True))


SIGN = "/cds-services/order-sign"


def test_discovery_is_public(client):
    reply = client.get("/cds-services")
    assert [service["id"] for service in reply.json()["services"]] == [
        "patient-view",
        "order-select",
        "order-sign",
    ]
    assert client.post("/cds-services").status_code == 405


def test_an_order_of_ketamine_gets_cards_and_they_are_kept_without_the_person(caller):
    asked = made.request(prefetch={"patient": made.person(name=[{"family": canaries.FAMILY}])})
    reply = caller.post(SIGN, asked)
    assert reply.status_code == 200
    cards = reply.json()["cards"]
    assert reply["Cache-Control"] == "no-store"
    with scoped(caller.clinic.scope):
        kept = given_cards.cards_by_id(caller.clinic.scope, [UUID(card["uuid"]) for card in cards])
    assert len(kept) == len(cards) > 0
    assert {card.service for card in kept} == {"order-sign"}
    assert all("p1" not in str(card) and canaries.FAMILY not in str(card) for card in kept)
    assert any("eligibility.pregnancy" in card.rules for card in kept)


@pytest.mark.parametrize("hook", ["order-select", "patient-view"])
def test_the_other_hooks_answer_too(caller, hook):
    assert caller.post(f"/cds-services/{hook}", made.request(hook)).status_code == 200


def test_a_token_serves_once(caller):
    token = signed(f"{HOST}{SIGN}", datetime.now(UTC))
    assert caller.post(SIGN, made.request(), token=token).status_code == 200
    again = caller.post(SIGN, made.request(), token=token)
    assert again.status_code == 401
    assert "used before" in again.json()["error"]
    assert again["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("token", ["none", "abc"])
def test_without_a_token_nobody_is_answered(caller, token):
    assert caller.post(SIGN, made.request(), token=token).status_code == 401


def test_a_token_for_another_service_is_refused(caller):
    other = signed(f"{HOST}/cds-services/order-select", datetime.now(UTC))
    assert caller.post(SIGN, made.request(), token=other).status_code == 401


def test_a_stranger_and_a_closed_client_are_refused(caller):
    assert caller.post(SIGN, made.request(), iss="https://nobody.example.org").status_code == 401
    register(caller.clinic, keys=())
    assert "closed" in caller.post(SIGN, made.request()).json()["error"]


def test_a_faulty_request_is_refused_with_its_faults(caller):
    reply = caller.post(SIGN, made.spoilt(made.request(), "context.patientId", ...))
    assert reply.status_code == 400
    assert reply.json()["faults"] == [{"place": "context", "message": "'patientId' is required"}]
    wrong_hook = caller.post(SIGN, made.request("order-select"))
    assert wrong_hook.json()["faults"][0]["place"] == "hook"
    assert caller.post(SIGN, b"{").status_code == 400
    assert caller.post(SIGN, b"[]").status_code == 400


def test_a_resource_of_another_version_is_refused_by_name(caller):
    stu3 = made.person(meta={"profile": ["http://hl7.org/fhir/STU3/StructureDefinition/Patient"]})
    reply = caller.post(SIGN, made.request(prefetch={"patient": stu3}))
    assert reply.status_code == 400
    assert "STU3" in reply.json()["faults"][0]["message"]


def test_a_body_that_is_too_large_is_refused(caller, monkeypatch):
    monkeypatch.setattr("kairos.web.cds_hooks.callers.LARGEST_BYTES", 10)
    assert "larger than" in caller.post(SIGN, made.request()).json()["faults"][0]["message"]


def test_another_service_is_not_there(caller):
    assert caller.post("/cds-services/order-review", made.request()).status_code == 404
    assert caller.http.get(SIGN).status_code == 405


def audited():
    """Return the actions in the audit of the transaction's scope, in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT action FROM store_auditevent ORDER BY recorded_at, id")
        return [action for (action,) in cursor.fetchall()]


def told(card, **other):
    return {"feedback": [made.feedback(card=card, **other)]}


def test_feedback_is_kept_with_its_card(caller):
    card = caller.post(SIGN, made.request()).json()["cards"][0]["uuid"]
    reason = {"reason": {"system": "urn:x", "code": "already_considered"}, "userComment": canaries.FREE_TEXT}
    reply = caller.post(f"{SIGN}/feedback", told(card, overrideReason=reason))
    assert (reply.status_code, reply.json()) == (200, {"kept": 1})
    with scoped(caller.clinic.scope):
        (kept,) = given_cards.feedback_of(caller.clinic.scope, UUID(card))
        actions = audited()
    assert (kept.outcome, kept.reason_code, kept.has_comment) == ("overridden", "already_considered", True)
    assert canaries.FREE_TEXT not in str(kept)
    assert actions == ["register_cds_client", "give_cards", "keep_card_feedback"]


def test_feedback_on_a_card_of_somebody_else_is_refused(caller):
    reply = caller.post(f"{SIGN}/feedback", told(str(new_id())))
    assert (reply.status_code, reply.json()["faults"][0]["place"]) == (400, "feedback[0].card")
    assert caller.post(f"{SIGN}/feedback", told("1")).status_code == 400
