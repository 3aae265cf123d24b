"""The order in which the demonstration is filled, and what is told of it to people and machines."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from kairos.cli.demo_clinic.house import open_house
from kairos.cli.demo_clinic.invented import people
from kairos.cli.demo_clinic.letters import letter
from kairos.cli.demo_clinic.records import import_contents, real_files

Say = Callable[[str], None]


def seed(*, now: datetime, say: Say) -> dict[str, Any]:
    """Fill the database and return what ``demo.json`` tells."""
    house = open_house(now=now)
    say(f"opened {len(house.logins)} log-ins and {len(house.place_ids)} chairs")
    invented = list(people(now.date()))[:54]
    ids = import_contents(house, [letter(each, now=now) for each in invented], now=now)
    say(f"imported {len(ids)} invented records")
    real = [(path.name, path.read_bytes()) for path in real_files()]
    real_ids = import_contents(house, real, now=now) if real else ()
    say(f"imported {len(real_ids)} real records" if real_ids else "no real records here")
    return {
        "logins": house.logins,
        "patients": {"new": [str(each) for each in ids[:3]]},
        "cds_client": None,
    }
