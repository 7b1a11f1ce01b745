"""Papers."""


def register() -> None:
    """Offer these papers."""
