"""The raw ASGI process that tells open screens what changed."""
