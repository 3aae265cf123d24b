"""Score a PHQ-9, see what an answer starts, and say what a change amounts to.

Run it with: python examples/score_a_questionnaire.py
"""

from datetime import date

from kairos.content.release import load_release
from kairos.domain.instruments.safety import safety_of_answer
from kairos.domain.instruments.scorers import score_answers
from kairos.domain.outcomes.change import Change
from kairos.domain.outcomes.claims import claim_of_change, claims_of_definitions
from kairos.domain.outcomes.definitions import definitions_for

release = load_release()
phq9 = release.instruments["phq9"]

answers = {f"phq9.{number}": 1 for number in range(1, 10)}
score = score_answers(phq9, answers)
print(f"All nine answered: {score.total}, {phq9.band_of(score.total).name.lower()}.")

del answers["phq9.3"]
score = score_answers(phq9, answers)
print(f"One left out: total {score.total}, missing {', '.join(score.missing)}.")

started = safety_of_answer(phq9, "phq9.9", 2)
print("An answer of 2 to question 9 starts:")
for task in started.tasks:
    print(f"  {release.texts.render(f'task.{task.kind}', {})} ({task.owner}, {task.due.replace('_', ' ')})")

definitions = definitions_for("phq9", book=release.parameters, on=date(2026, 11, 24))
change = Change(baseline=18, current=9)
name = release.texts.render("scale.phq9", {})
for claim in (
    claim_of_change(change, definitions, scale_name=name),
    *claims_of_definitions(change, definitions),
):
    print(release.texts.render(claim.message, claim.values))
