"""A screen passes from one person to the next: an event of whoever leaves, and of whoever comes."""

from datetime import datetime
from uuid import UUID

from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("hand_screen_over", Permission.USE_SCREEN)
def hand_screen_over(
    *, next_user_id: UUID, screen: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[None, AuditNote]:
    """Record that whoever was signed in on a screen left it to somebody else.

    Parameters
    ----------
    screen : str    which kind of screen it is: the name of its route, and nothing about anyone on it
    """
    return None, AuditNote(f"user:{next_user_id}", why="handed_over", details={"screen": screen})


@command("take_over_screen", Permission.USE_SCREEN)
def take_over_screen(
    *, left_user_id: UUID, screen: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[None, AuditNote]:
    """Record that somebody took a screen over from whoever was signed in on it.

    Parameters
    ----------
    screen : str    which kind of screen it is: the name of its route, and nothing about anyone on it
    """
    return None, AuditNote(f"user:{left_user_id}", why="handed_over", details={"screen": screen})
