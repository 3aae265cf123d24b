"""A release and a programme's own values come into force by the medical director's signature."""

from datetime import timedelta

import pytest

from kairos.actions.content_in_force import check_may_dose, content_of
from kairos.actions.register_content_release import register_content_release
from kairos.actions.review_parameters import review_parameters
from kairos.actions.sign_content import sign_content
from kairos.content.loader import read_source
from kairos.content.packing import registration_id
from kairos.domain.evidence.review import ParameterDecision
from kairos.queries.content_review import offered_release, review_so_far
from kairos.store.ids import new_id
from kairos.store.repositories import content
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Role
from tests.support.clinic import NOW, jobs, make_clinic, staff
from tests.support.content import LOWER_SYSTOLIC, SYSTOLIC, changed_source, register, review, sign_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def director(clinic):
    return staff(clinic, Role.MEDICAL_DIRECTOR)


def in_force(clinic):
    with scoped(clinic.scope):
        return content_of(clinic.scope, clinic.programme_id)


def limit(clinic):
    return in_force(clinic).parameters.quantity(SYSTOLIC, on=NOW.date()).value


def review_now(clinic):
    with scoped(clinic.scope):
        return review_so_far(clinic.scope, clinic.programme_id, offered_release(), NOW)


def test_a_release_is_registered_once_with_its_files(clinic):
    version = read_source().version
    given = {"command_id": registration_id(version), "by": jobs(clinic), "now": NOW}
    assert [register_content_release(**given) for _ in "12"] == [version, version]
    assert register_content_release(**given | {"command_id": new_id()}) == version
    assert content.newest_release() == version
    assert content.files_of(version)


def test_nothing_new_comes_into_force_unsigned(clinic, director):
    register(clinic)
    assert not in_force(clinic).is_signed
    sign_all(clinic, director)
    newer = register(clinic, changed_source(*LOWER_SYSTOLIC))
    assert (limit(clinic), in_force(clinic).is_signed) == (160, True)
    assert [item.id for item in review_now(clinic).left] == [SYSTOLIC]
    sign_all(clinic, director)
    assert (limit(clinic), in_force(clinic).version) == (155, newer)


def test_an_own_value_is_set_by_the_signature_and_given_back_by_the_next(clinic, director):
    register(clinic)
    review(clinic, director, ParameterDecision(SYSTOLIC, 150, "our people are older"))
    assert limit(clinic) == 160
    sign_all(clinic, director)
    assert limit(clinic) == 150
    before = in_force(clinic)
    assert before.overlay_version
    review(clinic, director, ParameterDecision(SYSTOLIC))
    sign_all(clinic, director, now=NOW + timedelta(days=3))
    with scoped(clinic.scope):
        later = content_of(clinic.scope, clinic.programme_id)
    assert later.parameters.quantity(SYSTOLIC, on=NOW.date() + timedelta(days=3)).value == 160
    assert later.overlay_version not in ("", before.overlay_version)


def test_what_cannot_be_chosen_is_refused_with_all_problems_and_nothing_is_kept(clinic, director):
    version = register(clinic)
    with pytest.raises(InvalidInput) as refused:
        review(
            clinic,
            director,
            ParameterDecision(SYSTOLIC, 170, "why"),
            ParameterDecision("predose.systolic_caution", 130, "why"),
            ParameterDecision("predose.diastolic_hard"),
        )
    assert [p.field for p in refused.value.problems] == [SYSTOLIC, "predose.systolic_caution"]
    assert "170 mm[Hg] is outside 140 to 160 mm[Hg]" in str(refused.value)
    assert review_now(clinic).decided == {}
    with pytest.raises(Missing, match="not a parameter of this release"):
        review(clinic, director, ParameterDecision("predose.of_nothing"))
    register(clinic, changed_source(*LOWER_SYSTOLIC))
    with pytest.raises(NotAllowed, match="a newer release is on offer"):
        review(clinic, director, ParameterDecision(SYSTOLIC), version=version)


def test_only_the_medical_director_reviews_and_signs(clinic):
    for role in set(Role) - {Role.MEDICAL_DIRECTOR}:
        by = staff(clinic, role)
        given = {"programme_id": clinic.programme_id, "command_id": new_id(), "by": by, "now": NOW}
        with pytest.raises(NotAllowed, match="sign content is done by: medical director"):
            sign_content(seen="", **given)
        with pytest.raises(NotAllowed):
            review_parameters(version="", decisions=(), **given)


def test_in_production_nobody_is_dosed_under_content_that_nobody_signed(clinic, director, settings):
    register(clinic)
    with scoped(clinic.scope):
        check_may_dose(clinic.scope, clinic.programme_id)
        settings.KAIROS_REFUSES_UNSIGNED = True
        with pytest.raises(NotAllowed, match="not signed for this programme; nobody is dosed"):
            check_may_dose(clinic.scope, clinic.programme_id)
    sign_all(clinic, director)
    with scoped(clinic.scope):
        check_may_dose(clinic.scope, clinic.programme_id)


def test_a_release_signed_long_ago_that_cannot_be_read_makes_everything_new(clinic, director):
    sign_all(clinic, director)
    with scoped(clinic.scope):
        gone = content.ContentSignature(new_id(), clinic.programme_id, "f" * 64, "", director.id, NOW)
        content.sign(clinic.scope, gone)
    assert len(review_now(clinic).wanted) > 100
    assert review(clinic, director) == 0  # all of them were looked at under this very version
