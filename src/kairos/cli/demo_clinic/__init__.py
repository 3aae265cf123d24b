"""The demonstration clinic: invented people at every stage, filled in by the actions a clinic uses."""
