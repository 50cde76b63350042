"""Address of moments."""

from django.urls import path

from openclout.web.moments import views

urlpatterns = [path("moments", views.moments, name="moments")]
