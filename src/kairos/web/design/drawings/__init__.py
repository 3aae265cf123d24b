"""Drawings that the server makes: SVG from values, pure Python, classes and attributes only.

No style is written in line, so that a strict content policy holds; colours and weights are in the
style sheet under the same class names. Every drawing tells its story in words (``title`` and
``desc``) and has a table twin that holds every value.
"""
