"""The tree of errors. Every message is a sentence with the place, the value and the fix.

OpenCloutError            anything that a user can mend; the command line exits with its `code`
├── InputError            a file or an argument that cannot be used
│   ├── UnknownFormat     nothing that we know how to read
│   └── UnsafeInput       a bomb, a path that climbs out, an XML entity
├── WarehouseError        the data folder is locked, damaged or from another version
├── ModelError            a model file that does not hold together
├── NotFound              no such account, model, network or snapshot
└── NotDelivered          nobody took what a webhook sent
"""


class OpenCloutError(Exception):
    """A fault that the user can mend; its text is complete and shown as it is."""

    code = 2

    def __init__(self, problem: str, *, place: str = "", fix: str = "") -> None:
        """`problem` says what is wrong with which value, `place` where, `fix` what to do."""
        self.problem, self.place, self.fix = problem, place, fix
        super().__init__(sentence(problem, place=place, fix=fix))


class InputError(OpenCloutError):
    """A file or an argument that cannot be used."""


class UnknownFormat(InputError):
    """Nothing that we know how to read."""


class UnsafeInput(InputError):
    """Input that would do harm if it were read on."""


class WarehouseError(OpenCloutError):
    """The data folder cannot be used as it stands."""


class ModelError(OpenCloutError):
    """A model file that does not hold together."""


class NotFound(OpenCloutError):
    """What was asked for is not there."""


class NotDelivered(OpenCloutError):
    """Nobody took what was sent to a webhook."""


def sentence(problem: str, *, place: str = "", fix: str = "") -> str:
    """Join the three parts of a message: `place: problem. Fix: fix`."""
    text = f"{place}: {problem}" if place else problem
    if not text.endswith((".", "?", "!")):
        text += "."
    return f"{text} Fix: {fix}" if fix else text
