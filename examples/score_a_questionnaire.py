"""Score a PHQ-9: the total and its band, what is missing, and what an answer starts at once.

Run: python examples/score_a_questionnaire.py
"""

from kairos.content.release import load_release
from kairos.domain.instruments.safety import safety_of_answer
from kairos.domain.instruments.scorers import score_answers

PHQ9 = load_release().instruments["phq9"]


def tell(title: str, answers: dict[str, int]) -> None:
    """Print one set of answers as a reader would want it."""
    score = score_answers(PHQ9, answers)
    print(title)
    if score.total is None:
        print(f"  no total: not answered: {', '.join(score.missing)}")
    else:
        print(f"  total {score.total} of {PHQ9.highest_total}, {score.band}")
    started = [safety_of_answer(PHQ9, item, value) for item, value in answers.items()]
    for response in filter(None, started):
        print(f"  starts at once: {response.level}, tasks: {', '.join(task.kind for task in response.tasks)}")


if __name__ == "__main__":
    all_twos = dict.fromkeys(PHQ9.scored_ids, 2)
    tell("Every question answered with 2:", all_twos)
    tell("The same, the last question left out:", dict(list(all_twos.items())[:-1]))
    print(f"Source: {', '.join(PHQ9.sources)}")
