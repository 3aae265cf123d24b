"""Words that stand for a person in tests of actions and screens, and must never be found in a log.

``tests/support/clinic.make_person`` uses them for whoever is not given another name, so that every test
that runs an action with a made-up person is also a test of what is logged meanwhile.
"""

FAMILY = "Canaryfield"
GIVEN = "Quillon"
PHONE = "+1 555 0100 777"
EMAIL = "quillon@canaryfield.example"
FREE_TEXT = "canary-free-text-4711"

CANARIES = (FAMILY, GIVEN, PHONE, EMAIL, FREE_TEXT)


def found_in(text: str) -> list[str]:
    """Return the canary words that a text holds, whatever their case."""
    return [word for word in CANARIES if word.lower() in text.lower()]
