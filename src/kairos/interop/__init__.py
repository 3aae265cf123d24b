"""The borders to other systems."""
