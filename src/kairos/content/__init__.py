"""Dated, cited content (YAML) and the loader and lint that read it."""
