"""A person's own record as files to take away: tables, a document, a FHIR Bundle. Pure of the database."""
