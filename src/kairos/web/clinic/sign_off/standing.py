"""Whether the content in force is signed, as pages that lead to a dose say it."""

from django.conf import settings


def signed_shown(is_signed: bool) -> dict[str, bool]:
    """Return what ``clinic/sign_off/_unsigned.html`` is drawn from: shown where nobody has signed."""
    may_dose = is_signed or not getattr(settings, "KAIROS_REFUSES_UNSIGNED", True)
    return {"is_signed": is_signed, "may_dose": may_dose}
