"""What every action of another system's call begins with: its token serves once."""

from datetime import datetime

from kairos.store.repositories import shared_values
from kairos.vocab.errors import NotAllowed


def use_token_once(issuer: str, token_id: str, *, until: datetime, now: datetime) -> None:
    """Remember that a token was used, until it has expired.

    Raises
    ------
    NotAllowed    it was used before
    """
    seconds = max((until - now).total_seconds(), 1.0)
    if not shared_values.add(f"cds-token:{issuer}:{token_id}", True, seconds=seconds):
        raise NotAllowed("this token was used before; sign a new one, with its own jti, for each call")
