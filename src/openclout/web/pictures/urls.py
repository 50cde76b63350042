"""Addresses of pictures."""

from django.urls import path

from openclout.web.pictures import views

urlpatterns = [
    path("picture/<slug:slug>/badge.svg", views.badge, name="badge"),
    path("picture/<slug:slug>/card.svg", views.card, name="card"),
    path("picture/<slug:slug>/wide.png", views.wide, name="wide"),
]
