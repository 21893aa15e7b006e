"""Masking of personal data, and cleaning of other people's text before it is stored or shown."""

from __future__ import annotations

import unicodedata

_BIDI = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def mask_name(name: str) -> str:
    """王** for a name; empty stays empty."""
    return name[:1] + "**" if name else ""


def mask_phone(phone: str) -> str:
    """138****5678 for a number of seven or more digits, otherwise asterisks of the same length; +86 is left out."""
    phone = phone.removeprefix("+86")
    if len(phone) >= 7:
        return phone[:3] + "****" + phone[-4:]
    return "*" * len(phone)


# Those who go to the spot and take pictures of what they find there.
_ON_THE_SPOT = frozenset({"grid_worker", "grid_lead", "grid_chief", "collector", "handler"})


def picture_is_masked(post: str) -> bool:
    """Whether pictures of a flow entry are shown masked, by the post of who handed them in: all that came from outside,
    through a channel or a desk, since nothing here finds the faces and plates in them."""
    return post not in _ON_THE_SPOT


def clean(text: str, limit: int, lines: bool = False) -> str:
    """Text without control and bidirectional-override characters, cut to `limit` characters.

    `lines` keeps line breaks; otherwise they become spaces. The cut is the caller's to refuse beforehand.
    """
    text = text[: limit * 4].translate(_BIDI)
    kept = []
    for char in text:
        if char in "\n\r\t\u2028\u2029":
            kept.append("\n" if lines and char == "\n" else " ")
        elif unicodedata.category(char) not in ("Cc", "Cs", "Co", "Cn"):
            kept.append(char)
    return "".join(kept).strip()[:limit]
