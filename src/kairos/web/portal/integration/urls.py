"""Addresses of a patient's own pages of the days after a session."""

from django.urls import path

from kairos.web.portal.integration import cards, days, habits, sharing, talks
from kairos.web.portal.integration.outside import show_outside

urlpatterns = [
    path("my/days-after/", days.show_days, name="portal_days"),
    path("my/days-after/<uuid:plan_id>/<slug:step>/", days.settle_step, name="portal_step"),
    path("my/talks/", talks.show_talks, name="portal_talks"),
    path("my/talks/hours/<uuid:hour_id>/", talks.take_hour, name="portal_talk_take"),
    path("my/talks/<uuid:talk_id>/free/", talks.free_hour, name="portal_talk_free"),
    path("my/talks/summaries/<uuid:summary_id>/", talks.answer_summary, name="portal_summary"),
    path("my/cards/", cards.show_cards, name="portal_cards"),
    path("my/cards/new/", cards.write_card, name="portal_card_new"),
    path("my/cards/<uuid:insight_id>/", cards.write_card, name="portal_card"),
    path("my/cards/<uuid:insight_id>/settle/", cards.settle_card, name="portal_card_settle"),
    path("my/habits/", habits.show_habits, name="portal_habits"),
    path("my/habits/<uuid:habit_id>/day/", habits.note_day, name="portal_habit_day"),
    path("my/habits/<uuid:habit_id>/end/", habits.end_habit, name="portal_habit_end"),
    path("my/practices/", habits.show_practices, name="portal_practices"),
    path("my/sharing/outside/", sharing.show_shares, name="portal_outside"),
    path("my/sharing/outside/<uuid:share_id>/end/", sharing.end_share, name="portal_outside_end"),
    path("o/<str:address>/", show_outside, name="outside"),
]
