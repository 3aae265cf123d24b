"""How eligibility answers the words that only it knows: age, death, pressure, the ledger of treatments."""

from collections.abc import Mapping

from kairos.domain.eligibility.blood_pressure import bind_mean_pressure
from kairos.domain.eligibility.body import bind_body_mass, bind_lacks
from kairos.domain.eligibility.life import bind_age, bind_has_died, bind_not_male
from kairos.domain.eligibility.resistance import bind_none_tried, bind_too_few_failed
from kairos.domain.rules.evaluation import Binder
from kairos.domain.rules.expression import (
    Age,
    BodyMass,
    HasDied,
    Lacks,
    MeanPressure,
    NoneTried,
    NotMale,
    TooFewFailed,
)

WORDS: Mapping[type, Binder] = {
    Age: bind_age,
    BodyMass: bind_body_mass,
    HasDied: bind_has_died,
    Lacks: bind_lacks,
    MeanPressure: bind_mean_pressure,
    NoneTried: bind_none_tried,
    NotMale: bind_not_male,
    TooFewFailed: bind_too_few_failed,
}
