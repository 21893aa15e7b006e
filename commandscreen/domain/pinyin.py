"""Finding Chinese text by what is typed: characters, full pinyin, initials, digits, in any mixture.

Every reading of a character counts, so that 重 is found by both chong and zhong.
"""

from __future__ import annotations

from functools import lru_cache

from pypinyin import Style, pinyin


@lru_cache(maxsize=20_000)
def readings(char: str) -> tuple[str, ...]:
    """All readings of a character in plain letters; the character itself in lower case where it has none."""
    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(found[0])) if found else (char.lower(),)


def find(query: str, text: str) -> tuple[int, int] | None:
    """Where a query matches a text: start and end in characters, or None. The first and shortest match wins."""
    query = "".join(query.split()).lower()
    if not query:
        return None
    plain = text.lower().find(query)
    if plain >= 0:
        return plain, plain + len(query)
    if not query.isascii() and not any(c in text for c in query):
        return None
    for start in range(len(text)):
        if text[start].isspace():
            continue
        end = _match(query, 0, text, start)
        if end:
            return start, end
    return None


def _match(query: str, at: int, text: str, index: int) -> int:
    """The end in `text` when the rest of the query matches from `index` on, else 0."""
    if at == len(query):
        return index
    if index == len(text):
        return 0
    char = text[index]
    if not char.isalnum():
        return _match(query, at, text, index + 1)
    if char.lower() == query[at]:
        end = _match(query, at + 1, text, index + 1)
        if end:
            return end
    if char.isascii():
        return 0
    for reading in readings(char):
        if query.startswith(reading, at):
            end = _match(query, at + len(reading), text, index + 1)
            if end:
                return end
        rest = query[at:]
        if len(rest) < len(reading) and reading.startswith(rest) and len(rest) > 1:
            return index + 1
        if reading[0] == query[at]:
            end = _match(query, at + 1, text, index + 1)
            if end:
                return end
    return 0
