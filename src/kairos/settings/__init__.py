"""Django settings, the URL root, and the wiring of adapters."""
