"""Addresses: the administrator's accounts, and setting a password by a set-up link."""

from django.urls import path

from kairos.web.clinic.accounts import views

urlpatterns = [
    path("accounts/", views.show_accounts, name="accounts"),
    path("accounts/new/", views.show_new_account, name="account_new"),
    path("accounts/<uuid:user_id>/close/", views.close, name="account_close"),
    path("accounts/<uuid:user_id>/reopen/", views.reopen, name="account_reopen"),
    path("accounts/<uuid:user_id>/set-up/", views.show_set_up_link, name="account_set_up_link"),
    path("set-up/<uidb64>/<token>/", views.set_up, name="account_set_up"),
]
