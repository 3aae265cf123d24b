"""The administrator's accounts: no patient data."""
