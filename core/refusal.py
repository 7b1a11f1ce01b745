"""Why not: a refusal carries its reason in the user's words, and one middleware makes its page."""


class Denial(str):
    """A reason that lies in the person, not in the moment: the right is missing (403)."""

    __slots__ = ()


class Refused(Exception):
    """A visible thing, a refused act. `reason` says why and what to do; shown with status 403 or 409."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = 403 if isinstance(reason, Denial) else 409


def refuse_if(reason: str | None) -> None:
    """Raise `Refused` when a rule gave a reason."""
    if reason:
        raise Refused(reason)
