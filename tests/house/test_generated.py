"""Pages printed from the code say what the code says."""

import re

import pytest

from scripts import print_access
from scripts.print_all import PRINTERS
from scripts.repository import ROOT, shown


@pytest.mark.parametrize("printer", PRINTERS, ids=lambda p: p.__name__)
def test_a_printed_page_is_fresh(printer):
    """If this fails: ``make docs``."""
    assert printer.PAGE.read_text(encoding="utf-8") == printer.page()


PAGES = [printer for printer in PRINTERS if printer.PAGE.is_relative_to(ROOT / "docs")]


@pytest.mark.parametrize("printer", PAGES, ids=lambda p: p.__name__)
def test_a_printed_page_is_in_the_list_of_pages(printer):
    listed = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    assert shown(printer.PAGE).removeprefix("docs/") in listed


def test_the_access_page_names_every_role():
    rows = re.findall(r"^\| ([a-z ]+) \| ", print_access.page(), re.M)
    assert {"administrator", "auditor", "patient", "place order"} <= set(rows)
