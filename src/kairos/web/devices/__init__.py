"""The door for devices that post what they measured."""
