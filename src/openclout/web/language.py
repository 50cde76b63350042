"""The translations: a .po in each folder (`de.po`), compiled into one when a site is set up.

No tool of gettext's is needed: polib writes the .mo into the data folder.
"""

from pathlib import Path

SOURCES = Path(__file__).parent
LANGUAGES = ("de",)
"""Beside English, in which the texts stand in the code."""


def compiled_folder(data: Path) -> Path:
    """Tell where the compiled translations of a data folder's site lie."""
    return data / "site" / "locale"


def compile_languages(target: Path) -> None:
    """Compile every language's texts into `target`, each file swapped in whole."""
    import polib

    for language in LANGUAGES:
        merged = polib.POFile()
        merged.metadata = {
            "Content-Type": "text/plain; charset=UTF-8",
            "Plural-Forms": "nplurals=2; plural=(n != 1);",
        }
        for source in sorted(SOURCES.glob(f"*/{language}.po")):
            known = {(entry.msgctxt, entry.msgid) for entry in merged}
            found = polib.pofile(str(source), encoding="utf-8")
            merged.extend(entry for entry in found if (entry.msgctxt, entry.msgid) not in known)
        file = target / language / "LC_MESSAGES" / "django.mo"
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(".new")
        merged.save_as_mofile(str(draft))
        draft.replace(file)
