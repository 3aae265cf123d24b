"""Fill a database for P11: sites with open sessions, somebody signed in at each; told as JSON.

Every session is the same ten minutes of an infusion, written as its stream; nobody in it is real.
"""

import json
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from kairos.cli.database_session import database_session

PASSWORD = "a bench has no secrets"
FAMILY = "Bench"


def main(sites: int, sessions: int) -> int:
    """Fill the database of ``KAIROS_HOME`` and print what was made."""
    with database_session():
        print(json.dumps(list(_sites(sites, sessions))))
    return 0


def _sites(sites: int, sessions: int) -> Iterator[dict[str, Any]]:
    from django.utils import timezone

    from kairos.store.ids import new_id
    from kairos.store.repositories import organisations
    from kairos.store.scope import scoped
    from kairos.vocab.people import Scope

    now, organisation = timezone.now(), new_id()
    organisations.add_organisation(organisations.Organisation(organisation, "Bench"))
    for number in range(sites):
        programme, site = new_id(), new_id()
        scope = Scope(organisation, frozenset({programme}))
        organisations.add_programme(organisations.Programme(programme, organisation, f"Programme {number}"))
        with scoped(scope):
            organisations.add_site(scope, organisations.Site(site, programme, f"Site {number}", "UTC"))
            user, key = _signed_in(scope, organisation, programme, number)
            streams = [_session(scope, programme, site, user, place, now) for place in range(sessions)]
        made = {"programme": str(programme), "organisation": str(organisation), "user": str(user)}
        yield made | {"cookie": key, "streams": [[str(s), str(p)] for s, p in streams]}


def _signed_in(scope: Any, organisation: UUID, programme: UUID, number: int) -> tuple[UUID, str]:
    """Return a nurse of a site and the key of their web session."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model

    from kairos.store.ids import new_id
    from kairos.store.repositories import accounts
    from kairos.vocab.people import Role

    account = accounts.Account(new_id(), f"bench{number}", f"Bench {number}", "en", True, False)
    accounts.add_account(scope, account, PASSWORD)
    role = accounts.Membership(new_id(), account.id, organisation, Role.NURSE.value, programme, None, None)
    accounts.give_role(scope, role)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(account.id)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = get_user_model().objects.get(pk=account.id).get_session_auth_hash()
    session.save()
    return account.id, str(session.session_key)


def _session(
    scope: Any, programme: UUID, site: UUID, user: UUID, number: int, now: datetime
) -> tuple[UUID, UUID]:
    """Return a stream and its person: an infusion that runs since twenty minutes, all well."""
    from kairos.store import streams
    from kairos.store.ids import new_id
    from kairos.store.repositories import alarms, organisations, people, session_entries

    person, place, stream_id = new_id(), new_id(), new_id()
    name = people.Identity(FAMILY, f"N{number}")
    people.add_person(scope, people.Enrolment(new_id(), person, programme, "treatment"), name)
    organisations.add_place(scope, organisations.Place(place, programme, site, f"Chair {number + 1}"))
    stream = streams.Stream(stream_id, session_entries.SESSION, programme, person)
    streams.open_stream(scope, stream)
    said = [session_entries.as_new_event(event, at, {}, new_id()) for event, at in _told(person, user, now)]
    streams.append(scope, stream, 0, said, by=user)
    summary = alarms.SessionSummary(
        id=stream_id,
        programme_id=programme,
        person_id=person,
        state="infusing",
        is_open=True,
        seq=len(said),
        details={"watcher": str(user), "protocol": "iv_racemic_clinic", "faults": []},
        site_id=site,
        place_id=place,
    )
    alarms.keep_summary(scope, summary)
    return stream_id, person


def _told(person: UUID, user: UUID, now: datetime) -> Iterator[tuple[Any, datetime]]:
    from kairos.content.in_force import shipped_content
    from kairos.domain.protocols.predose import Call
    from kairos.domain.sessions import events as e
    from kairos.store.ids import new_id

    start = now - timedelta(minutes=10)
    content = shipped_content()
    opened = {"protocol": "iv_racemic_clinic", "protocol_version": 3, "content_version": content.version}
    well = {"systolic": 120, "diastolic": 80, "heart_rate": 70, "oxygen": 98, "breathing": 14}
    yield e.Opened(patient_id=person, **opened), start - timedelta(minutes=30)
    yield e.IdentityConfirmed(identifiers=("name", "born_on")), start - timedelta(minutes=29)
    yield e.VitalsRecorded(source=e.Source.TYPED, **well), start - timedelta(minutes=20)
    yield e.SedationRated(score=5), start - timedelta(minutes=20)
    order = e.OrderBound(
        order_id=new_id(),
        dose_mg=Decimal(34),
        rate_mg_per_h=Decimal(51),
        concentration_mg_per_mL=Decimal(1),
        placed_by=user,
        verified_by=new_id(),
    )
    yield order, start - timedelta(minutes=5)
    yield e.GoDecided(call=Call.GO, baseline_entry="3"), start - timedelta(minutes=2)
    yield e.InfusionStarted(rate_mg_per_h=Decimal(51)), start
    yield e.VitalsRecorded(source=e.Source.TYPED, **well), start + timedelta(minutes=5)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
