"""FHIR R4: one mapper for each resource, pure of the database."""
