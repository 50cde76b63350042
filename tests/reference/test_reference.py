"""The reference is what the program says of itself."""

from tests.reference.signals import PAGE, page


def test_the_signals_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.reference.signals"
