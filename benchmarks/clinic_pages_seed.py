"""Fill a database for P12: the floor of P11, and a session that runs, of somebody with years behind them.

The session and its person are those of the tests, made by our own actions; told as JSON.
"""

import json
import sys
from datetime import timedelta

from benchmarks.live_board_seed import _signed_in, _sites
from kairos.cli.database_session import database_session

SINCE_MIN = 30


def main(sites: int, sessions: int, history: int) -> int:
    """Fill the database of ``KAIROS_HOME`` and print the cookie that reads, the person and the session."""
    with database_session():
        from django.utils import timezone

        from kairos.store.scope import scoped
        from tests.support.long_histories import add_history
        from tests.support.running_session import infusing, make_floor

        made = sum(len(site["streams"]) for site in _sites(sites, sessions))
        floor = make_floor(timezone.now() - timedelta(minutes=SINCE_MIN))
        stream, clinic = infusing(floor), floor.clinic
        before = floor.at(-timedelta(days=7) / timedelta(minutes=1))
        add_history(clinic, floor.person_id, sessions=history, before=before, by=floor.prescriber.id)
        with scoped(clinic.scope):
            _, cookie = _signed_in(clinic.scope, clinic.organisation_id, clinic.programme_id, sites)
    told = {"cookie": cookie, "person": str(floor.person_id), "stream": str(stream), "others": made}
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:4])))
