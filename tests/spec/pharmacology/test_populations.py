"""Spread between people: the rows of the fact base on populations."""

import numpy as np
import pytest

from kairos.domain.pharmacology.administration import Dose
from kairos.domain.pharmacology.population import CohortAsked, cohort_exposures
from kairos.domain.pharmacology.variability import deviations
from kairos.pharmacology import load_model
from kairos.pharmacology.threads import sharing_among

DAY = np.arange(0.0, 1441.0, 3.0)


def test_pop_01_spread_of_esketamine_spray_between_people():
    """84 mg, devices at 0, 5 and 10 min, not Asian, at most 60 years; no residual error."""
    model = load_model("perez-ruixo-2021")
    who = {"age": 45.0, "ancestry": "other"}
    asked = CohortAsked(model, (Dose("nasal", 84.0),), 2000, DAY, who)
    found = cohort_exposures(asked, np.random.default_rng(1), sharing=sharing_among()).exposures
    esketamine = found.analytes.index("esketamine")
    cmax, auc = found.cmax_ng_ml[:, esketamine], found.auc_ng_h_ml[:, esketamine]
    assert np.median(cmax) == pytest.approx(99.1, rel=0.05)
    assert cmax.mean() == pytest.approx(102.7, rel=0.05)
    assert 100 * cmax.std() / cmax.mean() == pytest.approx(33.7, abs=5)
    assert np.quantile(cmax, [0.05, 0.95]) == pytest.approx([52, 165], rel=0.08)
    assert np.median(found.tmax_min[:, esketamine]) == pytest.approx(44.5, abs=2)
    assert np.median(auc) == pytest.approx(354.7, rel=0.05)
    assert 100 * auc.std() / auc.mean() == pytest.approx(29.6, abs=5)
    assert np.quantile(auc, [0.05, 0.95]) == pytest.approx([202, 555], rel=0.08)


def test_pop_02_covariance_of_clearance_and_volume():
    """Clearance and volume differ together: log variances 0.026 and 0.084, correlation 0.483."""
    drawn = deviations(load_model("otto-2021"), 20_000, np.random.default_rng(2))
    assert np.var(drawn["cl"]) == pytest.approx(0.026, rel=0.1)
    assert np.var(drawn["v1"]) == pytest.approx(0.084, rel=0.1)
    assert np.corrcoef(drawn["cl"], drawn["v1"])[0, 1] == pytest.approx(0.483, rel=0.1)
