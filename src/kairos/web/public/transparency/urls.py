"""Address: the programmes' own figures."""

from django.urls import path

from kairos.web.public.transparency.views import show_figures

urlpatterns = [path("how-we-do/", show_figures, name="figures")]
