"""Words that people write into a session: never empty, kept under the person's key."""

from kairos.vocab.errors import InvalidInput, Problem

REASON = "reason"
NOTE = "note"


def reason_words(reason: str) -> dict[str, str]:
    """Return the words of a reason.

    Raises
    ------
    InvalidInput    nothing was written
    """
    return _words(REASON, reason, "say in a few words why")


def note_words(note: str) -> dict[str, str]:
    """Return the words of a note.

    Raises
    ------
    InvalidInput    nothing was written
    """
    return _words(NOTE, note, "write what you saw or did")


def _words(field: str, text: str, asked: str) -> dict[str, str]:
    if not text.strip():
        raise InvalidInput(Problem(field, asked))
    return {field: text.strip()}
