"""Appointments as iCalendar files: neutral words, nothing clinical."""
