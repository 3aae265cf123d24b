"""``kairos device``: a monitor is registered with a key that is shown once, listed, and closed."""

from contextlib import contextmanager

import pytest

from kairos.cli import device
from kairos.cli.main import main
from kairos.queries.devices import sending_device
from kairos.vocab.errors import NotAllowed
from tests.support.clinic import make_clinic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def this_database(monkeypatch):
    """Let the command use the database of the tests."""

    @contextmanager
    def session(**_):
        yield

    monkeypatch.setattr(device, "database_session", session)


def key_in(told):
    return told.strip().splitlines()[-1]


def test_a_device_is_registered_listed_and_closed(capsys):
    make_clinic()
    assert main(["device", "register", "--name", "Monitor 2", "--sender", "MON2"]) == 0
    key = key_in(capsys.readouterr().out)
    assert sending_device(key).name == "Monitor 2"
    assert main(["device", "list"]) == 0
    told = capsys.readouterr().out
    assert "Monitor 2" in told
    assert "MON2" in told
    assert key not in told
    assert main(["device", "close", "--name", "Monitor 2"]) == 0
    with pytest.raises(NotAllowed, match="closed"):
        sending_device(key)
    assert main(["device", "list"]) == 0
    assert "closed" in capsys.readouterr().out


def test_of_several_sites_and_devices_one_is_named(capsys):
    first = make_clinic()
    make_clinic(first.organisation_id)
    assert main(["device", "register", "--name", "Monitor 2"]) == 2
    assert "name exactly one of the sites" in capsys.readouterr().err
    assert main(["device", "register", "--name", "Monitor 2", "--site", str(first.site_id)]) == 0
    assert main(["device", "list"]) == 0
    assert "FHIR only" in capsys.readouterr().out
    assert main(["device", "close", "--name", "Monitor 3"]) == 2
    assert "name exactly one device" in capsys.readouterr().err
