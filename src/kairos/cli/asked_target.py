"""What commands that ask the rules have in common: for which route and place, as of which day."""

import argparse
import re
from datetime import date

from kairos.content.release import load_release
from kairos.domain.rules.target import DEFAULT_TARGET, Indication, Route, Setting, Target

LAST = "last"
_PLACE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,3})?")


def add_day(parser: argparse.ArgumentParser) -> None:
    """Declare the day that is asked for."""
    parser.add_argument(
        "--on", type=_day, default=None, metavar="DATE|last", help="as of a day; default today"
    )


def add_target(parser: argparse.ArgumentParser) -> None:
    """Declare route, setting, indication and jurisdiction."""
    parser.add_argument("--route", choices=[one.value for one in Route], default=Route.IV.value)
    parser.add_argument("--setting", choices=[one.value for one in Setting], default=Setting.CLINIC.value)
    parser.add_argument(
        "--indication", choices=[one.value for one in Indication], default=Indication.TRD.value
    )
    parser.add_argument("--jurisdiction", type=_place, default=DEFAULT_TARGET.jurisdiction, metavar="us|...")


def add_definition(parser: argparse.ArgumentParser) -> None:
    """Declare by which definition somebody counts as resistant."""
    parser.add_argument(
        "--definition", type=_definition, default="", metavar="ID", help="what counts as resistant"
    )


def _definition(text: str) -> str:
    known = sorted(rule.definition for rule in load_release().rules.values() if rule.definition)
    if text and text not in known:
        raise argparse.ArgumentTypeError(f"{text!r} is no definition; there are {', '.join(known)}")
    return text


def target_of(arguments: argparse.Namespace) -> Target:
    """Return the target that was asked for."""
    return Target(
        Route(arguments.route),
        Setting(arguments.setting),
        Indication(arguments.indication),
        arguments.jurisdiction,
    )


def _place(text: str) -> str:
    """Return a country or country-state; one of which content knows nothing is answered so."""
    if not _PLACE.fullmatch(text.lower()):
        raise argparse.ArgumentTypeError(f"{text!r} is no country like us, nor a part of one like us-ca")
    return text.lower()


def _day(text: str) -> date | str:
    if text == LAST:
        return LAST
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is neither a day like 2026-01-31 nor 'last'") from error
