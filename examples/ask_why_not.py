"""Ask of a FHIR record whether something speaks against treatment, why, and what is not known.

Run: python examples/ask_why_not.py
"""

import json
from datetime import date

from kairos.content.release import load_release
from kairos.content.screening_criteria import shipped_criteria
from kairos.domain.eligibility.screening import screen
from kairos.domain.rules.explanation import Explainer
from kairos.domain.rules.target import Indication, Route, Target
from kairos.interop.fhir.reading import read_contents
from kairos.vocab.facts import AskedAsOf
from kairos.vocab.verdict import Verdict

ON = date(2026, 3, 2)
PREGNANT = {
    "resourceType": "Condition",
    "id": "c1",
    "subject": {"reference": "Patient/p1"},
    "clinicalStatus": {"coding": [{"code": "active"}]},
    "verificationStatus": {"coding": [{"code": "confirmed"}]},
    "code": {
        "coding": [{"system": "http://snomed.info/sct", "code": "72892002", "display": "Normal pregnancy"}]
    },
    "onsetDateTime": "2026-01-15",
}
PERSON = {"resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1990-05-20"}


def main() -> None:
    """Read, screen, and tell."""
    entries = [{"resource": resource} for resource in (PERSON, PREGNANT)]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    record = read_contents([("made-up.json", json.dumps(bundle).encode())])
    record.check()
    by = shipped_criteria(ON, Target(route=Route.IV, indication=Indication.TRD))
    result = screen(record.patients[0].facts, as_of=AskedAsOf(ON, chosen=True), by=by)
    explain = Explainer(load_release().texts)
    print(f"Advice: {result.advice} (never a decision)")
    for finding in result.findings:
        if finding.verdict is Verdict.NOT_MET:
            print(f"{finding.ref} ({finding.severity}): {explain.because(finding)}")
            print(f"  sources: {', '.join(finding.sources)}")
    print(f"Not known: {sum(f.verdict is Verdict.UNKNOWN for f in result.findings)} rules. First questions:")
    for question in result.questions[:3]:
        print(f"  {explain.question(question)}")


if __name__ == "__main__":
    main()
