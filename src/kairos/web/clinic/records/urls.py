"""Addresses: records that arrive: upload, report, original, joining."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
