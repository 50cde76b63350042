"""Addresses of invitations."""

from django.urls import path

from openclout.web.invitations import views

urlpatterns = [
    path("invitations", views.invitations, name="invitations"),
    path("invitations/<int:number>/revoke", views.revoke, name="invitation-revoke"),
    path("invitation/<str:token>", views.invitation, name="invitation"),
]
