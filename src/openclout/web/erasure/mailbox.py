"""Mail that the site wrote into files (OPENCLOUT_MAIL=file)."""

from collections.abc import Iterable

from openclout.web.here import this_site


def remove_mail(addresses: Iterable[str]) -> None:
    """Delete the files in which any of these addresses stands."""
    wanted = [address.encode() for address in addresses if address]
    folder = this_site().settings.data / "site" / "mail"
    for file in folder.glob("*") if folder.is_dir() else ():
        content = file.read_bytes()
        if any(address in content for address in wanted):
            file.unlink()
