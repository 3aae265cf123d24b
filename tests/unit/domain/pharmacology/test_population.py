"""Many people: the same for one seed, streamed or not, in parts or whole."""

from dataclasses import replace

import numpy as np
import pytest

from kairos.domain.pharmacology import population
from kairos.domain.pharmacology.administration import Dose
from kairos.domain.pharmacology.population import CohortAsked, cohort_exposures, cohort_profiles
from kairos.domain.pharmacology.quantiles import ValueCounts
from kairos.domain.pharmacology.variability import deviations
from kairos.pharmacology import load_model
from kairos.pharmacology.threads import sharing_among
from kairos.vocab.errors import InvalidInput
from tests.support.uncompiled import uncompiled

TIMES = np.arange(0.0, 481.0, 20.0)


def asked(persons: int = 40, **others) -> CohortAsked:
    who = {"weight": 70.0, "age": 45.0}
    return CohortAsked(load_model("otto-2021"), (Dose("iv", 28.0, 0.0, 40.0),), persons, TIMES, who, **others)


def exposed(what: CohortAsked, seed: int = 1, **others):
    return cohort_exposures(what, np.random.default_rng(seed), **others)


def test_one_seed_gives_one_answer_whatever_the_parts_and_threads(monkeypatch):
    monkeypatch.setattr(population, "PART", 16)
    told: list[int] = []
    alone, shared = exposed(asked(), progress=told.append), exposed(asked(), sharing=sharing_among(3))
    assert np.array_equal(alone.exposures.cmax_ng_ml, shared.exposures.cmax_ng_ml)
    assert told == [16, 16, 8]
    assert not np.array_equal(alone.exposures.cmax_ng_ml, exposed(asked(), 2).exposures.cmax_ng_ml)


def test_between_the_times_or_at_them_only(monkeypatch):
    fine, coarse = exposed(asked()).exposures, exposed(asked(at_times_only=True)).exposures
    assert coarse.auc_ng_h_ml == pytest.approx(fine.auc_ng_h_ml, rel=1e-11)
    assert coarse.cmax_ng_ml == pytest.approx(fine.cmax_ng_ml, rel=0.05)
    monkeypatch.setattr(population.CohortCourse, "of_system", lambda *a, **o: None)
    assert np.array_equal(exposed(asked(at_times_only=True)).exposures.cmax_ng_ml, fine.cmax_ng_ml)


def test_time_above_is_asked_by_analyte():
    found = exposed(asked(above_ng_ml={"esketamine": 50.0})).exposures
    column = found.analytes.index("esketamine")
    assert found.above_min[:, column].min() > 0
    assert not np.delete(found.above_min, column, axis=1).any()


def test_profiles_are_quantiles_of_the_same_people(monkeypatch):
    monkeypatch.setattr(population, "PART", 16)
    names, counts = cohort_profiles(asked(), np.random.default_rng(1), sharing=sharing_among(2))
    told: list[int] = []
    again = cohort_profiles(asked(), np.random.default_rng(1), progress=told.append)[1]
    assert np.array_equal(counts.counts, again.counts) and sum(told) == 40
    median = counts.quantiles([0.5])[0, names.index("esketamine"), TIMES.tolist().index(40.0)]
    peaks = exposed(asked()).exposures.cmax_ng_ml[:, names.index("esketamine")]
    assert median == pytest.approx(np.median(peaks), rel=0.03)


def test_profiles_of_doses_that_each_person_times_differently():
    film = CohortAsked(
        load_model("simons-2022"), (Dose("sl", 50.0),), 8, TIMES, {"weight": 70.0, "age": 30.0}
    )
    if "sl" not in film.model.routes:
        film = replace(film, doses=(Dose(next(iter(film.model.routes)), 50.0),))
    names, counts = cohort_profiles(film, np.random.default_rng(1))
    assert counts.counts.sum() == len(names) * 8 * len(TIMES)


def test_counts_meet_quantiles_within_half_a_percent():
    values = np.random.default_rng(3).lognormal(2, 1, (1, 20_001, 2))
    values[0, :, 1] = 0.0
    counts = ValueCounts.none_yet(1, 2)
    counts.add(values)
    levels = [0.0, 0.05, 0.5, 0.95, 1.0]
    assert counts.quantiles(levels)[:, 0, 0] == pytest.approx(np.quantile(values[0, :, 0], levels), rel=5e-3)
    assert not counts.quantiles(levels)[:, 0, 1].any()
    with uncompiled():
        again = ValueCounts.none_yet(1, 2)
        again.add(values[:, :500])
    few = ValueCounts.none_yet(1, 2)
    few.add(values[:, :500])
    assert np.array_equal(again.counts, few.counts)


def test_a_model_without_variability_draws_nothing():
    model = load_model("otto-2021")
    still = {name: replace(each, varies=()) for name, each in model.parameters.items()}
    typical = replace(model, parameters=still, covariances=())
    assert deviations(typical, 3, np.random.default_rng(1)) == {}
    found = exposed(replace(asked(3), model=typical)).exposures.cmax_ng_ml
    assert found.shape[0] == 3 and np.ptp(found, axis=0).max() == 0


def test_a_table_of_people_gives_each_their_own_weight():
    weights = np.array([50.0, 70.0, 100.0])
    model = asked().model
    still = replace(model, parameters={n: replace(p, varies=()) for n, p in model.parameters.items()})
    found = exposed(replace(asked(3), model=replace(still, covariances=()), covariates={"weight": weights}))
    assert (np.diff(found.exposures.cmax_ng_ml[:, 0]) < 0).all()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"persons": 0}, "at least 1"),
        ({"covariates": {"weight": np.ones(3)}}, "each of 40"),
        ({"model": "flint-2017"}, "change with time"),
    ],
)
def test_what_cannot_be_simulated_is_refused(changed, words):
    if "model" in changed:
        changed = {"model": load_model(changed["model"])}
    with pytest.raises(InvalidInput, match=words):
        exposed(replace(asked(), **changed))


def test_threads_share_all_the_work_and_one_thread_does_it_alone():
    for threads in (1, 3, None):
        done: list[int] = []
        sharing_among(threads)(lambda first, last, done=done: done.extend(range(first, last)), 20)
        assert sorted(done) == list(range(20))
