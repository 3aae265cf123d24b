"""Answer another system's question about an order of ketamine with CDS Hooks cards.

Run: python examples/answer_a_cds_hook.py
"""

from datetime import date
from uuid import uuid4

from kairos.interop.cds_hooks.answering import answer
from kairos.interop.cds_hooks.checking import DocumentKind, check_value

ABOUT = {"subject": {"reference": "Patient/p1"}}
ORDER = {
    "resourceType": "MedicationRequest",
    "id": "draft-1",
    "status": "draft",
    "intent": "order",
    "medicationCodeableConcept": {"text": "Ketamine 50 MG/ML Injectable Solution"},
    "dosageInstruction": [{"route": {"text": "intravenous"}}],
    **ABOUT,
}
ANEURYSM = {
    "resourceType": "Condition",
    "id": "c1",
    "clinicalStatus": {"coding": [{"code": "active"}]},
    "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "I67.1"}]},
    "onsetDateTime": "2020-01-01",
    **ABOUT,
}


def main() -> None:
    """Ask, check the answer, and tell what an ordering clinician would see first."""
    entry = {"fullUrl": "https://ehr.example.org/fhir/MedicationRequest/draft-1", "resource": ORDER}
    request = {
        "hook": "order-sign",
        "hookInstance": str(uuid4()),
        "context": {
            "userId": "Practitioner/d1",
            "patientId": "p1",
            "draftOrders": {"resourceType": "Bundle", "type": "collection", "entry": [entry]},
        },
        "prefetch": {"patient": {"resourceType": "Patient", "id": "p1"}, "conditions": ANEURYSM},
    }
    assert not check_value(request, kind=DocumentKind.REQUEST).faults
    found = answer(request, today=date(2026, 3, 2), new_id=uuid4)
    assert not check_value(found.document, kind=DocumentKind.RESPONSE).faults
    for card in found.document["cards"]:
        print(f"{card['indicator']:8} {card['summary']}")
    print()
    print(found.document["cards"][0]["detail"].split("\n\n")[0])


if __name__ == "__main__":
    main()
