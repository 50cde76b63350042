"""Operators and organisers: appointed on the command line, of one site's own database."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.web.people import member

from openclout.errors import InputError
from openclout.settings import Site


def test_who_is_appointed_and_dismissed(site: Site, undone: None) -> None:
    from openclout.web.members.roles import appoint, is_organiser

    found = appoint(" Eve@Example.org", organiser=False, revoke=False)
    assert found == member("eve")
    assert found.is_superuser
    assert not appoint("eve@example.org", organiser=False, revoke=True).is_staff
    assert is_organiser(appoint("fay@example.org", organiser=True, revoke=False))
    assert not is_organiser(appoint("fay@example.org", organiser=True, revoke=True))


def test_a_password_that_is_easily_guessed_is_refused(site: Site, undone: None) -> None:
    from django.test import override_settings

    from openclout.web.members.roles import set_password

    rule = "django.contrib.auth.password_validation.MinimumLengthValidator"
    with (
        override_settings(AUTH_PASSWORD_VALIDATORS=[{"NAME": rule}]),
        pytest.raises(InputError),
    ):
        set_password(member("eve"), "tea")
    set_password(member("eve"), "a long one of several words")
    assert member("eve").check_password("a long one of several words")


@pytest.mark.slow
def test_the_verbs_in_a_process_of_their_own(tmp_path: Path) -> None:
    def run(*words: Any) -> str:
        command = [sys.executable, "-m", "openclout", *map(str, words), "--data", str(tmp_path)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    assert "eve@example.org is an operator." in run("operator", "eve@example.org")
    said = run("endorsements", "--out", tmp_path / "k.jsonl")
    assert said.startswith("0 +K in")
    assert (tmp_path / "k.jsonl").read_text().count("\n") == 1
