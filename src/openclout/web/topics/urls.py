"""Addresses of topics."""

from django.urls import path

from openclout.web.topics import views

urlpatterns = [
    path("topics", views.topics, name="topics"),
    path("topics/<str:topic>", views.topic, name="topic"),
]
