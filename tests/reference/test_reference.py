"""The reference is what the program says of itself."""

from tests.reference import lenses, signals, styles


def test_the_signals_page_is_current() -> None:
    found = signals.PAGE.read_text(encoding="utf-8")
    assert found == signals.page(), "python -m tests.reference.signals"


def test_the_lenses_page_is_current() -> None:
    found = lenses.PAGE.read_text(encoding="utf-8")
    assert found == lenses.page(), "python -m tests.reference.lenses"


def test_the_styles_page_is_current() -> None:
    found = styles.PAGE.read_text(encoding="utf-8")
    assert found == styles.page(), "python -m tests.reference.styles"
