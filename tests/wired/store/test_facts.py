"""A fact comes back exactly as it was, and its words are closed in the table."""

from datetime import UTC

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kairos.store.ids import new_id
from kairos.store.repositories import facts as repository
from kairos.store.scope import scoped
from kairos.vocab.codes import Code
from kairos.vocab.facts import Fact, FactKind, Origin, OriginKind, Presence, Understanding
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import Quantity
from tests.support.clinic import make_clinic, make_person

pytestmark = pytest.mark.django_db

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
plain = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
quantities = st.builds(Quantity, st.floats(allow_nan=False, allow_infinity=False), plain.filter(bool))
codes = st.builds(Code, plain, plain, words)
dates = st.builds(PartialDate, st.integers(1, 9999), st.none() | st.integers(1, 12)) | st.builds(
    PartialDate.of, st.dates()
)
instants = st.datetimes(timezones=st.just(UTC))
facts = st.builds(
    Fact,
    id=st.uuids().map(str) | words.filter(bool),
    kind=st.sampled_from(FactKind),
    concept=plain,
    origin=st.builds(Origin, st.sampled_from(OriginKind), words, plain),
    presence=st.sampled_from(Presence),
    understanding=st.sampled_from(Understanding),
    value=quantities | codes | dates | st.booleans() | words | st.none(),
    code=st.none() | codes,
    status=plain,
    true_from=st.none() | dates,
    true_until=st.none() | dates,
    true_at=st.none() | instants,
    recorded_at=st.none() | instants,
    group=words,
    details=st.dictionaries(plain, quantities | codes | words, max_size=3),
)


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(facts, min_size=1, max_size=6, unique_by=lambda fact: fact.id))
def test_every_fact_comes_back_exactly(many: list[Fact]) -> None:
    clinic = make_clinic()
    person_id = make_person(clinic)
    with scoped(clinic.scope):
        assert repository.add_facts(clinic.scope, clinic.programme_id, person_id, many) == len(many)
        assert repository.add_facts(clinic.scope, clinic.programme_id, person_id, many) == 0
        kept = {fact.id: fact for fact in repository.facts_of(clinic.scope, person_id)}
        assert kept == {fact.id: fact for fact in many}
        assert set(map(repr, kept.values())) == {repr(kept[fact.id]) for fact in many}
        assert repository.find_facts(clinic.scope, person_id, [many[0].id]) == (many[0],)


def _fact(**given: object) -> Fact:
    return Fact(
        id=str(new_id()), kind=FactKind.CONDITION, concept="x", origin=Origin(OriginKind.RECORD, "r"), **given
    )


def test_facts_of_a_kind() -> None:
    clinic = make_clinic()
    person_id = make_person(clinic)
    with scoped(clinic.scope):
        assert repository.facts_of(clinic.scope, person_id) == ()
        assert repository.find_facts(clinic.scope, person_id, ["none"]) == ()
        fact = _fact()
        repository.add_facts(clinic.scope, clinic.programme_id, person_id, [fact])
        assert repository.facts_of(clinic.scope, person_id, kinds=[FactKind.CONDITION]) == (fact,)
        assert repository.facts_of(clinic.scope, person_id, kinds=[FactKind.VITAL]) == ()


def test_no_word_stands_in_the_open() -> None:
    clinic = make_clinic()
    person_id = make_person(clinic)
    fact = _fact(
        value="canary one",
        code=Code("system", "code", "canary two"),
        group="canary three",
        details={"note": "canary four", "drug": Code("s", "c", "canary five")},
    )
    with scoped(clinic.scope), connection.cursor() as cursor:
        repository.add_facts(clinic.scope, clinic.programme_id, person_id, [fact])
        cursor.execute("SELECT f::text || encode(words, 'escape') FROM store_fact f")
        assert "canary" not in cursor.fetchone()[0]
