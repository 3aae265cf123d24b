"""Parameters of a person, and who lies outside the people a model was made from."""

import numpy as np
import pytest

from kairos.domain.pharmacology.individual import individual_parameters
from kairos.domain.pharmacology.people import check_inside, describe
from kairos.vocab.errors import InvalidInput
from tests.support.pk_models import MODEL, small_model

SOMEBODY = {"age": 40.0, "weight": 70.0, "kind": "plain"}


def value(name, deviations=None, **differences):
    found = individual_parameters(small_model(), SOMEBODY | differences, deviations)
    return found.values[name]


def test_covariates_add_before_and_multiply_after():
    assert value("v", weight=35.0) == pytest.approx(5)
    assert value("mass", weight=35.0) == pytest.approx(35)
    assert value("cl", age=60.0) == value("cl", age=20.0) == pytest.approx(1)
    assert value("cl", age=70.0) == pytest.approx(0.9)
    assert value("cl", age=70.0, kind="other") == pytest.approx(0.45)


def test_a_deviation_moves_a_value_on_its_own_scale():
    shift = np.array([0.0, np.log(2)])
    assert value("v", {"v": shift}) == pytest.approx([10, 20])
    assert value("part", {"part": shift}) == pytest.approx([1 / 2, 2 / 3])
    assert value("cl", {"cl": shift}, age=70.0) == pytest.approx([0.9, 1.8])
    assert value("time", {"time": shift}) == pytest.approx([10, 20])


def test_a_fraction_is_capped_and_the_capped_are_counted():
    found = individual_parameters(
        small_model(), SOMEBODY | {"kind": "other"}, {"part": np.array([-1.0, 0.0, 1.0])}
    )
    assert found.values["part"] == pytest.approx([2 / (1 + np.e), 0.9, 0.9])
    assert found.capped == {"part": 2}


@pytest.mark.parametrize("age", [170.0, float("inf")])
def test_covariates_that_describe_no_body_are_refused(age):
    with pytest.raises(InvalidInput, match="population: cl would not be above 0"):
        value("v", age=age)


def test_covariates_may_be_one_for_each_person():
    kinds = np.array(["plain", "other"])
    assert value("cl", kind=kinds, age=np.array([70.0, 30.0])) == pytest.approx([0.9, 0.5])


def test_a_covariate_that_is_needed_must_be_there():
    with pytest.raises(InvalidInput, match="weight: is missing"):
        individual_parameters(small_model(), {"age": 40.0, "kind": "plain"})


def test_what_is_not_given_is_typical_and_named():
    person = describe(small_model(), {"weight": 60.0, "age": None})
    assert person.covariates == {"weight": 60.0, "age": 40.0, "kind": "plain"}
    assert person.assumed == {"age": 40.0, "kind": "plain"}
    assert person.outside == ()
    check_inside(small_model(), person)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"age": 17.0}, "age 17 years is outside 18 to 80 years"),
        ({"age": 81.0}, "age 81 years is outside 18 to 80 years"),
        ({"weight": 39.0}, "weight 39 kg is outside 40 kg and more"),
    ],
)
def test_a_person_unlike_those_studied_is_refused(given, said):
    person = describe(small_model(), given)
    with pytest.raises(InvalidInput, match=said):
        check_inside(small_model(), person)


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ("lowest: 1, highest: 14", "age is not given; this model is for 1 to 14 years"),
        ("highest: 14", "age is not given; this model is for 14 years and less"),
        ("note: none", "age is not given; this model is for people whose age is known"),
    ],
)
def test_where_nobody_is_typical_what_is_not_given_is_outside(bounds, said):
    model = small_model(MODEL.replace("lowest: 18, highest: 80, typical: 40", f"{bounds}, otherwise: 45"))
    person = describe(model, {})
    assert person.covariates["age"] == 45
    assert person.outside == (said,)
    assert describe(model, {"age": 10.0}).outside == ()


def test_a_young_age_below_an_upper_bound_alone_is_inside():
    model = small_model(MODEL.replace("lowest: 18, highest: 80, typical: 40", "highest: 14, otherwise: 45"))
    assert describe(model, {"age": 15.0}).outside == (
        "age 15 years is outside 14 years and less of this model",
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "strange"}, "kind: is 'strange'; expected one of plain, other"),
        ({"weight": 0.0}, "weight: is 0.0; it must be a number above 0"),
        ({"age": "old"}, "age: is old; it must be a number above 0"),
    ],
)
def test_what_makes_no_sense_is_refused_at_once(given, said):
    with pytest.raises(InvalidInput, match=said):
        describe(small_model(), given)


def test_a_covariate_the_model_knows_nothing_of_changes_nothing():
    assert describe(small_model(), {"height": 180.0}).outside == ()
