"""The page of commands names every command that there is, and the house's contracts about them."""

import re

from kairos.cli.commands import COMMANDS
from scripts.repository import ROOT

PAGE = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")


def test_every_command_is_on_the_page_and_no_other():
    assert set(re.findall(r"^\| `kairos ([a-z-]+)", PAGE, re.M)) == set(COMMANDS)


def test_every_variable_that_the_program_reads_is_on_the_page():
    source = (ROOT / "src" / "kairos" / "cli" / "environment.py").read_text(encoding="utf-8")
    read = set(re.findall(r'"(KAIROS_[A-Z_]+|PORT|DATABASE_URL)"', source))
    assert read <= set(re.findall(r"`([A-Z_]+)`", PAGE))
