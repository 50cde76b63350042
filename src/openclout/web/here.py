"""Which site this process serves: one, for as long as it runs."""

from openclout.settings import Site

_SITES: list[Site] = []


def settle(site: Site) -> bool:
    """Make this process serve a site; False where it does already, RuntimeError for another."""
    if not _SITES:
        _SITES.append(site)
        return True
    if site != _SITES[0]:
        raise RuntimeError("one process serves one site")
    return False


def this_site() -> Site:
    """Give the site that this process serves."""
    return _SITES[0]
