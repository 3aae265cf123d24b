"""The caseload of coaches and therapists, handing over to clinicians, and check-in visits."""
