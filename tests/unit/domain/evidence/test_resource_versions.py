"""Which of two versions of one entry is the newer: compared where they can be, and nothing guessed."""

from datetime import UTC, datetime

import pytest

from kairos.domain.evidence.resource_versions import ResourceVersion

EARLY, LATE = datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other", "older"),
    [
        (ResourceVersion("1"), ResourceVersion("2"), True),
        (ResourceVersion("10"), ResourceVersion("9"), False),
        (ResourceVersion("3"), ResourceVersion("3"), False),
        (ResourceVersion("9", EARLY), ResourceVersion("1", LATE), True),
        (ResourceVersion("1", LATE), ResourceVersion("2", EARLY), False),
        (ResourceVersion("1", LATE), ResourceVersion("2", LATE), True),
        (ResourceVersion("1", LATE), ResourceVersion("2"), True),
        (ResourceVersion("a1"), ResourceVersion("a2"), False),
        (ResourceVersion(), ResourceVersion("2", LATE), False),
        (ResourceVersion("1" * 30), ResourceVersion("2"), False),
    ],
)
def test_older(one: ResourceVersion, other: ResourceVersion, older: bool) -> None:
    assert one.is_older_than(other) is older
