"""Papers of this room, one file per subject."""

from delegates.exports import allocation, people, replacements, unit_letter


def register() -> None:
    """Offer the papers of this room."""
    people.register()
    allocation.register()
    replacements.register()
    unit_letter.register()
