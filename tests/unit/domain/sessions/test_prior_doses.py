"""What the next order looks back at: the dose, and the peaks of its session."""

from decimal import Decimal

from kairos.domain.sessions.events import DissociationRated, DissociationScale
from kairos.domain.sessions.prior_doses import prior_dose
from tests.support.dosing_sessions import WELL, at
from tests.support.route_sessions import checked, dosed


def test_a_session_without_a_dose_has_none():
    assert prior_dose(checked("iv_racemic_clinic").state) is None


def test_the_peaks_are_those_since_the_dose():
    stream = dosed("iv_racemic_clinic")
    stream.vitals(20, **(WELL | {"systolic": 158, "diastolic": 84})).detachment(20, 7)
    stream.vitals(45, **(WELL | {"systolic": 150, "diastolic": 96})).detachment(45, 3)
    dose = prior_dose(stream.state)
    assert (dose.given_mg, dose.ordered_mg, dose.was_cut_short) == (Decimal(34), Decimal(34), False)
    assert dose.highest == (158, 96)
    assert dose.before == (WELL["systolic"], WELL["diastolic"])
    assert (dose.dissociation.score, dose.dissociation.at) == (7, at(20))
    assert not dose.had_alarm


def test_the_fullest_scale_that_was_used_speaks():
    stream = dosed("esketamine_clinic").detachment(20, 9)
    stream.add(DissociationRated(scale=DissociationScale.CADSS, score=21), 40)
    stream.add(DissociationRated(scale=DissociationScale.CADSS, score=12), 60)
    dose = prior_dose(stream.state)
    assert (dose.dissociation.scale, dose.dissociation.score) == (DissociationScale.CADSS, 21)
    assert (dose.protocol, dose.given_mg) == ("esketamine_clinic", Decimal(56))


def test_what_was_not_measured_is_not_guessed():
    dose = prior_dose(dosed("iv_racemic_clinic").state)
    assert dose.highest == (None, None)
    assert dose.dissociation is None
