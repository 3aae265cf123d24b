"""Whether a held session was watched from its opening until the patient left."""

import pytest

from kairos.domain.sessions.supervised import watched_throughout
from kairos.vocab.verdict import Verdict


@pytest.mark.parametrize(
    ("types", "verdict"),
    [
        (["opened", "released"], Verdict.MET),
        (["opened", "watch_lost", "released"], Verdict.NOT_MET),
        (["opened", "released", "watch_lost"], Verdict.MET),
        (["opened", "watch_lost", "transferred"], Verdict.NOT_MET),
        (["opened", "left_against_advice"], Verdict.MET),
        (["opened"], Verdict.UNKNOWN),
        (["released"], Verdict.UNKNOWN),
        ([], Verdict.UNKNOWN),
    ],
)
def test_watched_throughout(types, verdict):
    assert watched_throughout(types) is verdict
