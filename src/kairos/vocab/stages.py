"""How far a person has come in a programme. Only actions move somebody on."""

from enum import StrEnum


class Stage(StrEnum):
    """The stages of an enrolment, in the order in which most people pass them.

    ``ELIGIBLE`` is reached by a prescriber's signature under a decision to start, and by nothing else.
    ``JOINED`` is left where a second record of somebody went into the first.
    """

    SCREENING = "screening"
    ELIGIBLE = "eligible"
    IN_COURSE = "in_course"
    FOLLOW_UP = "follow_up"
    FINISHED = "finished"
    NOT_NOW = "not_now"
    REFERRED = "referred"
    DECLINED = "declined"
    JOINED = "joined"
