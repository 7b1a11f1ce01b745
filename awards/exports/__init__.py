"""Papers of this room: nominations, and what the Council decided."""

from awards.exports import council, nominations


def register() -> None:
    """Offer the papers of this room."""
    nominations.register()
    council.register()
