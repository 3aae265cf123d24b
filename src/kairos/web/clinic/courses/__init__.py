"""Courses, plans, calendar, dose orders."""
