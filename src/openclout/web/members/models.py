"""The member: Django's user with an address that is nobody else's."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class Member(AbstractUser):
    """Somebody who signed up; signs in by e-mail or by a connected network."""

    email = models.EmailField(unique=True)
