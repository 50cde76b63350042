"""The report's palette as the site's CSS variables: by the device, or as the visitor chose."""

from pathlib import Path
from shutil import copyfile

from openclout.report import palette

_FAMILIES = ("reach", "amplification", "network", "activity")
_REPORT = Path(palette.__file__).parent


def write_assets(folder: Path) -> None:
    """Write what stands elsewhere in the package and is served too: palette.css, mark.svg."""
    target = folder / "site"
    target.mkdir(parents=True, exist_ok=True)
    (target / "palette.css").write_text(palette_css(), encoding="utf-8")
    copyfile(_REPORT / "mark.svg", target / "mark.svg")


def palette_css() -> str:
    """Give the variables of light and dark: `data-theme` on the page beats the device."""
    colors = [*palette.FIXED, *(c for f in _FAMILIES for c in palette.family_colors(f, 2))]
    light = "".join(f"--{color.name}:{color.light};" for color in colors)
    dark = "".join(f"--{color.name}:{color.dark};" for color in colors)
    return (
        f":root{{color-scheme:light;{light}}}\n"
        f":root[data-theme=dark]{{color-scheme:dark;{dark}}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light])"
        f"{{color-scheme:dark;{dark}}}}}\n"
    )
