"""Addresses of complaints, for those who answer them."""

from django.urls import path

from kairos.web.clinic.complaints import views

urlpatterns = [
    path("complaints/", views.show_complaints, name="complaints"),
    path("complaints/contacts/", views.show_contacts, name="complaint_contacts"),
    path("complaints/<uuid:complaint_id>/", views.show_complaint, name="complaint"),
]
