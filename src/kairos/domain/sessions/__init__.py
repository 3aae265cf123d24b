"""The dosing session: its states, monitoring, alarms and readiness for release."""
