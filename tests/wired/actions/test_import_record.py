"""Records kept: byte for byte, once, by the right person; two that may be one wait for a human."""

from datetime import date
from typing import Any
from uuid import UUID

import orjson
import pytest

from kairos.actions.import_record import Imported, import_record
from kairos.actions.open_programme import open_programme
from kairos.content.screening_criteria import shipped_criteria
from kairos.domain.eligibility.screening import screen
from kairos.interop.fhir.incoming import incoming_files, incoming_records
from kairos.interop.fhir.reading import read_contents
from kairos.queries.programmes import programmes_with_actors
from kairos.store.ids import new_id
from kairos.store.repositories import facts, originals, people
from kairos.store.scope import scoped
from kairos.store.vault import keyed_digest
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.facts import AskedAsOf
from kairos.vocab.people import Actor, Role, Scope
from tests.support.clinic import NOW, Clinic, jobs, make_clinic, staff
from tests.support.fhir import SCT, bundle, coded, entry, gzipped, ndjson, patient

pytestmark = pytest.mark.django_db
NAME = [{"family": "Lovelace", "given": ["Ada"]}]
NUMBER = [{"system": "http://ids.example", "value": "7"}]
ADA = patient(name=NAME, identifier=NUMBER)
CONDITION = entry("Condition", "c", code=coded(SCT, "84757009"))


def keep(clinic: Clinic, *files: bytes, by: Actor | None = None) -> Imported:
    read = read_contents([(f"file{at}", data) for at, data in enumerate(files)])
    read.check()
    return import_record(
        command_id=new_id(),
        by=by or jobs(clinic),
        now=NOW,
        programme_id=clinic.programme_id,
        files=incoming_files(read),
        records=incoming_records(read),
    )


def concepts_of(clinic: Clinic, person_id: UUID) -> list[str]:
    with scoped(clinic.scope):
        return sorted(fact.concept for fact in facts.facts_of(clinic.scope, person_id))


@pytest.mark.parametrize("pack", [bytes, gzipped])
def test_the_original_is_kept_byte_for_byte_with_its_entries(pack: Any) -> None:
    clinic = make_clinic()
    raw = pack(bundle(ADA, CONDITION))
    done = keep(clinic, raw)
    (person_id,) = done.person_ids
    assert (done.files[0].status, done.new_people) == ("imported", 1)
    with scoped(clinic.scope):
        (found,) = originals.find_entries(clinic.scope, person_id, "Condition", "c")
        _, body = originals.open_entry(clinic.scope, found.id)
        identity = people.identities(clinic.scope, [person_id])[person_id]
        kept = originals.people_with_digest(clinic.scope, keyed_digest(raw))
    assert b"84757009" in body and body in bundle(ADA, CONDITION)
    assert kept == {person_id} and identity.family_name == "Lovelace"
    assert concepts_of(clinic, person_id) == ["birth_date", "epilepsy", "epilepsy_uncontrolled", "sex"]


def test_twice_changes_nothing() -> None:
    clinic = make_clinic()
    first, again = keep(clinic, ndjson(ADA, CONDITION)), keep(clinic, ndjson(ADA, CONDITION))
    assert again.files[0].status == "unchanged" and again.new_people == 0
    assert again.person_ids == first.person_ids
    assert len(concepts_of(clinic, first.person_ids[0])) == 4


def test_more_of_the_same_person_is_added_to_them() -> None:
    clinic = make_clinic()
    (person_id,) = keep(clinic, ndjson(ADA)).person_ids
    more = {
        **ADA,
        "id": "elsewhere",
        "identifier": [*NUMBER, {"system": "http://other.example", "value": "9"}],
    }
    held = {**CONDITION, "subject": {"reference": "Patient/elsewhere"}}
    again = keep(clinic, ndjson(more, held))
    assert again.person_ids == (person_id,) and again.files[0].status == "imported"
    with scoped(clinic.scope):
        identity = people.identities(clinic.scope, [person_id])[person_id]
    assert len(identity.identifiers) == 2 and "epilepsy" in concepts_of(clinic, person_id)


def test_the_same_logical_id_is_the_same_person_where_nothing_disagrees() -> None:
    clinic = make_clinic()
    plain = patient(name=NAME)
    (person_id,) = keep(clinic, ndjson(plain)).person_ids
    assert keep(clinic, ndjson(plain, CONDITION)).person_ids == (person_id,)
    other = keep(clinic, ndjson(patient(name=[{"family": "Hopper"}])))
    assert other.person_ids != (person_id,) and other.join_proposals == 0


OVERACTIVE = entry("Condition", "t", code=coded(SCT, "34486009"), onsetDateTime="2022-05-01")
ACTIVE = {**OVERACTIVE, "clinicalStatus": coded("s", "active")}
RESOLVED = {**OVERACTIVE, "clinicalStatus": coded("s", "resolved"), "abatementDateTime": "2023-06-01"}


def versioned(resource: dict[str, Any], **meta: str) -> dict[str, Any]:
    return {**resource, "meta": meta}


def thyroid_finding(clinic: Clinic, person_id: UUID) -> tuple[str, str]:
    """Return what the screening says of the thyroid as of a day, and the status it read."""
    with scoped(clinic.scope):
        known = facts.facts_of(clinic.scope, person_id)
    as_of = AskedAsOf(date(2026, 6, 1), chosen=True)
    result = screen(known, as_of=as_of, by=shipped_criteria(as_of.on))
    (finding,) = [one for one in result.findings if one.ref == "THYROID"]
    (fact,) = [one for one in known if one.concept == "hyperthyroidism"]
    return finding.verdict.value, fact.status


def test_a_newer_version_supersedes_and_both_originals_stay() -> None:
    clinic = make_clinic()
    (person_id,) = keep(clinic, ndjson(ADA, ACTIVE)).person_ids
    assert thyroid_finding(clinic, person_id) == ("not_met", "active")
    again = keep(clinic, ndjson(ADA, RESOLVED))
    assert again.files[0].status == "imported"
    verdict, status = thyroid_finding(clinic, person_id)
    assert verdict != "not_met" and status == "resolved"
    with scoped(clinic.scope):
        newest, oldest = originals.find_entries(clinic.scope, person_id, "Condition", "t")
        bodies = [originals.open_entry(clinic.scope, one.id)[1] for one in (newest, oldest)]
        assert facts.find_facts(clinic.scope, person_id, ["Condition/t#0"])[0].status == "active"
    assert bodies == [orjson.dumps(RESOLVED), orjson.dumps(ACTIVE)]
    assert keep(clinic, ndjson(ADA, ACTIVE)).files[0].status == "unchanged"
    assert thyroid_finding(clinic, person_id)[1] == "resolved"


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        (versioned(RESOLVED, versionId="2"), versioned(ACTIVE, versionId="1"), "resolved"),
        (
            versioned(RESOLVED, lastUpdated="2024-02-01T00:00:00Z"),
            versioned(ACTIVE, lastUpdated="2023-02-01T00:00:00Z"),
            "resolved",
        ),
        (versioned(RESOLVED, versionId="abc"), versioned(ACTIVE, versionId="abd"), "active"),
        (RESOLVED, versioned(ACTIVE, versionId="1"), "active"),
    ],
)
def test_a_version_that_arrives_late_counts_only_where_it_is_not_older(
    first: dict[str, Any], second: dict[str, Any], counts: str
) -> None:
    clinic = make_clinic()
    (person_id,) = keep(clinic, ndjson(ADA, first)).person_ids
    assert keep(clinic, ndjson(ADA, second)).files[0].status == "imported"
    assert thyroid_finding(clinic, person_id)[1] == counts
    with scoped(clinic.scope):
        found = originals.find_entries(clinic.scope, person_id, "Condition", "t")
    assert len(found) == 2


def test_entries_without_an_id_never_supersede_each_other() -> None:
    clinic = make_clinic()
    nameless = {name: part for name, part in CONDITION.items() if name != "id"}
    (person_id,) = keep(clinic, ndjson(ADA, nameless)).person_ids
    keep(clinic, ndjson(ADA, {**nameless, "code": coded(SCT, "195967001")}))
    assert {"epilepsy", "asthma"} <= set(concepts_of(clinic, person_id))


def test_an_entry_set_to_error_later_takes_its_facts_away() -> None:
    clinic = make_clinic()
    (person_id,) = keep(clinic, ndjson(ADA, CONDITION)).person_ids
    keep(clinic, ndjson(ADA, {**CONDITION, "verificationStatus": coded("v", "entered-in-error")}))
    assert concepts_of(clinic, person_id) == ["birth_date", "sex"]


def test_what_a_newer_file_leaves_out_is_not_denied() -> None:
    clinic = make_clinic()
    (person_id,) = keep(clinic, ndjson(ADA, CONDITION, ACTIVE)).person_ids
    keep(clinic, ndjson(ADA, RESOLVED))
    assert concepts_of(clinic, person_id).count("epilepsy") == 1


def test_a_name_and_birth_date_make_a_proposal_and_never_join() -> None:
    clinic = make_clinic()
    (first,) = keep(clinic, ndjson(ADA)).person_ids
    twin = patient(id="twin", name=NAME, identifier=[{"system": "http://ids.example", "value": "8"}])
    done = keep(clinic, ndjson(twin))
    assert done.join_proposals == 1 and done.person_ids != (first,)
    with scoped(clinic.scope):
        (proposal,) = originals.open_joins(clinic.scope)
    assert (proposal.person_id, proposal.other_id) == (done.person_ids[0], first)


def test_several_people_in_one_file_keep_only_what_is_theirs() -> None:
    clinic = make_clinic()
    other = patient(id="q", birthDate="1950-01-01")
    done = keep(clinic, ndjson(ADA, other, CONDITION))
    with scoped(clinic.scope):
        (found,) = originals.find_entries(clinic.scope, done.person_ids[0], "Condition", "c")
        _, body = originals.open_entry(clinic.scope, found.id)
    assert b"84757009" in body and "epilepsy" not in concepts_of(clinic, done.person_ids[1])


def test_a_file_about_nobody_is_imported_once() -> None:
    clinic = make_clinic()
    staff_file = ndjson({"resourceType": "Organization", "id": "o", "name": "x"})
    assert keep(clinic, ndjson(ADA), staff_file).files[1].status == "imported"
    assert keep(clinic, ndjson(ADA), staff_file).files[1].status == "unchanged"


def test_who_may_not_import_is_refused() -> None:
    clinic = make_clinic()
    with pytest.raises(NotAllowed):
        keep(clinic, ndjson(ADA), by=staff(clinic, Role.RESEARCHER))


def test_a_fresh_installation_gets_one_first_programme() -> None:
    ours = Actor(UUID(int=1), frozenset(), Scope(new_id(), frozenset({new_id()})), "Kairos", is_system=True)
    (programme_id,) = ours.scope.programme_ids
    open_programme(command_id=new_id(), by=ours, now=NOW, programme_id=programme_id)
    assert [programme.id for programme, _ in programmes_with_actors()] == [programme_id]
    with pytest.raises(InvalidInput, match="one already"):
        open_programme(command_id=new_id(), by=ours, now=NOW, programme_id=programme_id)
