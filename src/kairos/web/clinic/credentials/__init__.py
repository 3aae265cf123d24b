"""The licences of the staff."""
