"""The texts of the site for people: which stand in each folder, which are translated.

python -m tests.web.texts adds what is missing to each folder's de.po, without a translation.
"""

import ast
import re
from pathlib import Path

import polib
from django.utils.translation.template import templatize

from openclout.scoring.model import load_model
from openclout.signal import load_signals
from openclout.snapshot.bulk import weighted
from openclout.vocabulary.interaction import KINDS
from openclout.web.language import SOURCES

_CALL = re.compile(r"\bgettext\(u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")")
_PLURAL = re.compile(r"\bngettext\(u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")")
_NAMES = ("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext")


def folders() -> list[Path]:
    """Give the site's folders, those of features and those that they share."""
    return sorted(path for path in SOURCES.iterdir() if (path / "__init__.py").is_file())


def texts(folder: Path) -> set[str]:
    """Give all texts of a folder that are to be translated."""
    found: set[str] = set()
    for path in folder.rglob("*.html"):
        shown = templatize(path.read_text(encoding="utf-8"))
        found |= {
            ast.literal_eval(text) for text in [*_CALL.findall(shown), *_PLURAL.findall(shown)]
        }
    for path in folder.rglob("*.py"):
        found |= _called(path)
    found |= _signals() if folder.name == "profile" else set()
    return found | (set(KINDS) if folder.name == "moments" else set())


def _signals() -> set[str]:
    """Give what a profile says of the signals that a score is made of."""
    known = load_signals()
    some = [known[name] for name in weighted(load_model())]
    return {text for one in some for text in (one.label, one.question, one.unit)}


def _called(path: Path) -> set[str]:
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in _NAMES
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def translated(folder: Path) -> dict[str, str]:
    """Give the folder's translations."""
    path = folder / "de.po"
    if not path.is_file():
        return {}
    return {e.msgid: e.msgstr or "".join(e.msgstr_plural.values()) for e in polib.pofile(str(path))}


def _add(folder: Path) -> None:
    path = folder / "de.po"
    wanted = sorted(texts(folder))
    if not wanted:
        path.unlink(missing_ok=True)
        return
    old = {e.msgid: e for e in polib.pofile(str(path))} if path.is_file() else {}
    new = polib.POFile(wrapwidth=0)
    new.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": "de"}
    for text in wanted:
        new.append(old.get(text) or polib.POEntry(msgid=text, msgstr=""))
    new.save(str(path))


if __name__ == "__main__":
    from django.conf import settings

    settings.configure()
    for place in folders():
        _add(place)
