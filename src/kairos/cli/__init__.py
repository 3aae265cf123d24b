"""Operator and researcher commands; each calls one action, query or analysis."""
