"""The address of the programme's numbers."""

from django.urls import path

from kairos.web.clinic.programme import views

urlpatterns = [path("programme/", views.show_programme, name="programme")]
