"""``kairos cds check`` names each fault with its place, on a terminal and as JSON."""

import io
import json
import sys

import pytest

from kairos.cli.main import main
from tests.support import cds_hooks as made


@pytest.fixture
def written(tmp_path):
    """Write a document and return its path."""

    def write(document):
        path = tmp_path / "document.json"
        path.write_text(document if isinstance(document, str) else json.dumps(document))
        return str(path)

    return write


def test_a_good_document_is_told_so(capsys, written):
    assert main(["cds", "check", written(made.request())]) == 0
    assert capsys.readouterr().out == "a CDS Hooks request document without a fault\n"


def test_each_fault_is_told_with_its_place(capsys, written):
    assert main(["cds", "check", written({"cards": [{"source": {}}]})]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "cards[0]: 'summary' is required" in lines
    assert "cards[0].source: the object has no content; fill it or leave it out" in lines


def test_json_gives_kind_and_faults(capsys, written):
    document = made.spoilt(made.request(), "prefetch.patient", {"resource": {}})
    assert main(["cds", "check", "--json", written(document)]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["kind"], found["ok"]) == ("request", False)
    assert found["faults"] == [
        {
            "place": "prefetch.patient",
            "element": "CDSHooksRequest.prefetch[0].value",
            "message": "is no FHIR resource: there is no resourceType",
            "refused": True,
        }
    ]


def test_the_kind_can_be_given_and_the_document_come_on_stdin(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"{}")))
    assert main(["cds", "check", "--kind", "services", "-"]) == 1
    assert "$: 'services' is required" in capsys.readouterr().out


def test_what_cannot_be_read_ends_with_2(capsys, written, tmp_path):
    assert main(["cds", "check", written("{")]) == 2
    assert "is not JSON" in capsys.readouterr().err
    assert main(["cds", "check", str(tmp_path / "none.json")]) == 2
    assert "cannot be read" in capsys.readouterr().err
