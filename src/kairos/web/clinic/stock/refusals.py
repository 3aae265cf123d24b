"""A refusal of stock, shown beside the fields it names or above the form."""

from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.web.clinic.courses.forms import SentenceForm


def take_refusal(form: SentenceForm, error: InvalidInput | NotAllowed) -> None:
    """Show why it was refused."""
    if isinstance(error, InvalidInput):
        form.take_problems(error)
        return
    said = str(error)
    form.add_error(None, f"{said[:1].upper()}{said[1:]}.")
