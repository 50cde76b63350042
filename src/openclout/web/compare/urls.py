"""Address of the comparison."""

from django.urls import path

from openclout.web.compare import views

urlpatterns = [path("compare", views.page, name="compare")]
