"""The forms of signing up, in the order in which one fills them in."""

from allauth.account.forms import SignupForm
from allauth.socialaccount.forms import SignupForm as NetworkSignupForm


class Joining(SignupForm):  # type: ignore[misc] # allauth has no types
    """By e-mail."""

    field_order = ("email", "password1", "adult", "agreed")


class JoiningByNetwork(NetworkSignupForm):  # type: ignore[misc] # allauth has no types
    """By a network that has just told who somebody is."""

    field_order = ("email", "adult", "agreed")
