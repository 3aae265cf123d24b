"""Psychotherapy around dosing sessions: triads, notes, the therapist's page at the chair, touch."""
