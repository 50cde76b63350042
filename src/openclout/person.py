"""Person: accounts proved to belong together, found as connected components of the proofs."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

Ints = NDArray[np.int64]


def join_accounts(account: Ints, other: Ints) -> tuple[Ints, Ints]:
    """Give `(person, account)`, one pair per account that a proof joins with another.

    `account[i]` and `other[i]` are proved to belong to one person; the proofs are transitive.
    """
    if not len(account):
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty
    known, places = np.unique(np.concatenate([account, other]), return_inverse=True)
    left, right = places[: len(account)], places[len(account) :]
    shape = (len(known), len(known))
    links = sparse.coo_array((np.ones(len(left)), (left, right)), shape=shape)
    _, person = connected_components(links, directed=False)
    return person.astype(np.int64), known
