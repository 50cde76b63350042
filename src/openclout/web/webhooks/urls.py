"""Addresses of webhooks."""

from django.urls import path

from openclout.web.webhooks import views

urlpatterns = [
    path("webhooks", views.webhooks, name="webhooks"),
    path("webhooks/<int:number>", views.change, name="webhook"),
]
