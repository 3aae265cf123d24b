"""Addresses of a patient's journal."""

from django.urls import path

from kairos.web.portal.journal import keeping, views

urlpatterns = [
    path("my/journal/", views.show_journal, name="portal_journal"),
    path("my/journal/all/", views.show_all, name="portal_journal_all"),
    path("my/journal/key/", keeping.set_up, name="portal_journal_key"),
    path("my/journal/passphrase/", keeping.change_passphrase, name="portal_journal_passphrase"),
    path("my/journal/entries/", keeping.keep_entry, name="portal_journal_entries"),
    path("my/journal/entries/<uuid:entry_id>/share/", keeping.share, name="portal_journal_share"),
    path("my/journal/entries/<uuid:entry_id>/take-back/", keeping.take_back, name="portal_journal_take_back"),
    path("journal/without-network/", views.show_without_network, name="journal_without_network"),
]
