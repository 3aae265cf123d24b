"""Addresses: prices of the programmes, quotes compared, the sheet for the insurer."""

from django.urls import path

from kairos.web.public.cost.views import show_prices

urlpatterns = [
    path("prices/", show_prices, name="prices"),
]
