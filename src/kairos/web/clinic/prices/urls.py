"""Addresses: the programme's price list, as its staff keep it."""

from django.urls import path

from kairos.web.clinic.prices.views import change_prices, show_own_prices

urlpatterns = [
    path("programme/prices/", show_own_prices, name="own_prices"),
    path("programme/<uuid:programme_id>/prices/new/", change_prices, name="change_prices"),
]
