"""The address of the content."""

from django.urls import path

from kairos.web.clinic.content import views

urlpatterns = [path("content/", views.show_content, name="content")]
