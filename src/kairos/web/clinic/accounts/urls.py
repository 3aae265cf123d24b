"""Addresses: the administrator's accounts: no patient data."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
