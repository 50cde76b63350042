"""Attacks on paper: nobody acts at all. Empty accounts are linked, numbers are written in."""

from openclout.evaluation.attack.injection import Injection
from openclout.evaluation.attack.scene import Act, Target
from openclout.evaluation.attack.supply import Supply
from openclout.vocabulary.account import Account, Proof

_PARTS = 10  # orders in which bought likes are delivered


def empty_networks(target: Target, size: int, supply: Supply) -> Injection:
    """The target links accounts on other networks, on which nobody ever acted."""
    network = supply.scene.network
    names = [(f"empty-{number}", name) for number, name in enumerate(supply.fakes(size), start=1)]
    return Injection(
        accounts=[Account(other, name, handle=target.account) for other, name in names],
        proofs=[
            Proof(network, target.account, other, name, f"https://{other}.example/{name}")
            for other, name in names
        ],
    )


def bought_likes(target: Target, size: int, supply: Supply) -> Injection:
    """Likes without names are bought for one post and delivered in ten parts, lately."""
    (post,) = supply.upon(target, 1)
    return Injection([
        Act(None, target.account, time, "like", post, repeats=size // _PARTS)
        for time in supply.lately(_PARTS)
    ])  # fmt: skip


def edited_likes(target: Target, size: int, supply: Supply) -> Injection:
    """The number of likes is edited in the target's own archive, which names nobody."""
    (time,) = supply.lately(1)
    (post,) = supply.upon(target, 1)
    act = Act(None, target.account, time, "like", post, repeats=size)
    return Injection([act], named=False)
