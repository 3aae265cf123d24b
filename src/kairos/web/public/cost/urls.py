"""Addresses: prices of the programmes, quotes compared, the sheet for the insurer."""

from django.urls import path

from kairos.web.public.cost.views import show_insurance, show_prices, show_quotes, show_time

urlpatterns = [
    path("prices/", show_prices, name="prices"),
    path("compare-offers/", show_quotes, name="quotes"),
    path("your-time/", show_time, name="time_burden"),
    path("insurance/", show_insurance, name="insurance_sheet"),
]
