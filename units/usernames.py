"""User names made from names, as offices make them: the given name, then the first letters of the others."""

from core.models import User
from core.vietnamese import fold

LONGEST = 40


def base_of(full_name: str) -> str:
    """'nhunglth' for Lê Thị Hồng Nhung; letters and digits alone, 'user' where none are left."""
    words = [
        "".join(letter for letter in word if letter.isascii() and letter.isalnum()) for word in fold(full_name).split()
    ]
    words = [word for word in words if word]
    if not words:
        return "user"
    return (words[-1] + "".join(word[0] for word in words[:-1]))[:LONGEST]


def username_for(full_name: str) -> str:
    """The first user name of this name that nobody has: 'nhunglth', 'nhunglth2', …"""
    base = base_of(full_name)
    taken = set(User.objects.filter(username__startswith=base).values_list("username", flat=True))
    number, name = 1, base
    while name in taken:
        number += 1
        name = f"{base}{number}"
    return name
