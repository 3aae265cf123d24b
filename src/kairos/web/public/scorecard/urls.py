"""Address: the scorecard."""

from django.urls import path

from kairos.web.public.scorecard.views import show_scorecard

urlpatterns = [path("choosing/", show_scorecard, name="scorecard")]
