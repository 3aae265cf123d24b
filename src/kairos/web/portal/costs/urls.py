"""Addresses: a patient's own costs."""

from django.urls import path

from kairos.web.portal.costs.views import keep_offers, send_estimate, show_costs

urlpatterns = [
    path("my/costs/", show_costs, name="portal_costs"),
    path("my/costs/estimate.pdf", send_estimate, name="portal_estimate"),
    path("my/costs/offers/", keep_offers, name="portal_offers"),
]
