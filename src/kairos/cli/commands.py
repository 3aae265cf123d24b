"""The commands: name, module and one line.

A module has ``add_arguments(parser)`` and ``run(arguments) -> int``, its exit code. It is imported only
when its command is called, so that commands without a database start fast.
"""

import importlib.util

COMMANDS: dict[str, tuple[str, str]] = {
    "serve": (
        "kairos.cli.serve",
        "run everything on one port, with PostgreSQL where DATABASE_URL is not set",
    ),
    "web": ("kairos.cli.web", "run the web process alone"),
    "live": ("kairos.cli.live", "run the process that tells open screens what changed"),
    "jobs": ("kairos.cli.jobs", "run the process for alarms, messages, sealing and queued work"),
    "migrate": ("kairos.cli.migrate", "bring the database up to date, as its owner"),
    "demo": ("kairos.cli.demo", "run the demonstration clinic"),
    "demo-seed": ("kairos.cli.demo_seed", "fill a fresh home with the demonstration clinic"),
    "demo-feed": ("kairos.cli.demo_feed", "keep the demonstration clinic at work while it is looked at"),
    "import": ("kairos.cli.import_records", "take in FHIR R4 records"),
    "screen": ("kairos.cli.screen", "ask whether a person may start, without a database"),
    "facts": ("kairos.cli.facts", "write the facts of FHIR files as one table"),
    "cohort": ("kairos.cli.cohort", "ask the rules of everybody in a table of facts"),
    "audit": ("kairos.cli.audit", "verify the sealed audit trail"),
    "instruments": (
        "kairos.cli.instruments",
        "list the instruments, or print one as a FHIR Questionnaire",
    ),
    "score": ("kairos.cli.score", "score a data set by an instrument: CSV, SAS transport or FHIR"),
    "simulate": ("kairos.cli.simulate", "what a dose of ketamine or esketamine does over time"),
    "nca": ("kairos.cli.nca", "areas, half-lives and clearance of measured concentrations"),
    "device": ("kairos.cli.device", "let monitors send readings, each by a key of its own"),
    "mllp": ("kairos.cli.mllp", "take in HL7 v2 results of monitors, as a process of its own"),
    "cds": ("kairos.cli.cds", "check CDS Hooks documents"),
    "content": ("kairos.cli.content", "check the clinical content"),
}


def is_present(name: str) -> bool:
    """Whether there is such a command in this installation."""
    return name in COMMANDS and importlib.util.find_spec(COMMANDS[name][0]) is not None
