"""Scheduled and queued work; each task calls one action."""
