"""Finding one of a site's classes or grids by what is typed: Chinese, full pinyin, initials, codes and numbers. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .category import CaseClass
from .division import Level, contains
from .grid import community_of, grid_label
from .pinyin import find, readings
from .site import Site

FOUND_MAX = 9
PINYIN_GRIDS_MAX = 5_000  # above that, workers are found by their characters only: pinyin would take too long


class ClassFinder:
    """The classes of a site. Remembers what the text so far has left over: a longer text looks through those alone."""

    def __init__(self, site: Site) -> None:
        self._all = tuple(_Entry(c) for c in sorted(site.classes.values(), key=lambda c: c.code))
        self._before: tuple[str, Sequence[_Entry]] = ("", self._all)

    def find(self, text: str) -> list[CaseClass]:
        """At most nine classes, the best first: by code, by name, then by any of the three levels. Blanks part words."""
        words = text.lower().split()
        if not words:
            return []
        said, left = self._before
        looked = left if said and text.startswith(said) else self._all
        upper: dict[str, bool] = {}
        found: list[tuple[tuple[int, int, int, str], _Entry]] = []
        for entry in looked:
            rank = entry.rank(words, upper)
            if rank is not None:
                found.append((rank, entry))
        self._before = (text, tuple(entry for _, entry in found))
        found.sort(key=lambda pair: pair[0])
        return [entry.kind for _, entry in found[:FOUND_MAX]]


class _Entry:
    """A class with the letter pairs that a match of its name can begin with: most classes are out after one look."""

    __slots__ = ("kind", "over", "starts")

    def __init__(self, kind: CaseClass) -> None:
        self.kind = kind
        self.over = f"{kind.major} {kind.minor}"
        chars = [readings(c) for c in kind.name.lower() if c.isalnum()]
        self.starts = {r[0] for said in chars for r in said} | {r[:2] for said in chars for r in said}
        for left, right in pairwise(chars):
            self.starts |= {a[0] + b[0] for a in left for b in right}

    def rank(self, words: Sequence[str], upper: dict[str, bool]) -> tuple[int, int, int, str] | None:
        """How well it fits, less is better; None where a word does not. `upper` keeps what was found in the upper levels."""
        kind, worst, start, length = self.kind, 0, 0, len(self.kind.name)
        for word in words:
            if word.isdigit() and kind.code.startswith(word):
                length = 0  # a code: in the order of the codes
                continue
            match = find(word, kind.name) if not word.isascii() or word[:2] in self.starts else None
            if match is not None:
                worst, start = max(worst, 1 if match[0] else 0), max(start, match[0])
                continue
            key = f"{word} {self.over}"
            if key not in upper:
                upper[key] = find(word, self.over) is not None
            if not upper[key]:
                return None
            worst = 2
        return worst, start, length, kind.code


class GridFinder:
    """The grids of an area of a site, by full code, by number such as 2-03, by community and by the worker's name."""

    def __init__(self, site: Site, area: int) -> None:
        self._site, self._area = site, area
        self._first, self._last = site.grids.span(area)
        self._communities = tuple(sorted(
            (d for d in site.divisions.values() if d.level is Level.COMMUNITY and contains(area, d.code)),
            key=lambda d: d.code,
        ))  # fmt: skip

    def find(self, text: str) -> list[int]:
        """At most nine 16-digit codes, the best first. `新工2-03` is the grid of a community, `2-03` of any."""
        text = "".join(text.split())
        if not text:
            return []
        if text.isdigit() and len(text) == 16:
            return [int(text)] if self._site.grids.index(int(text)) >= 0 and contains(self._area, int(text)) else []
        name, number = _parted(text)
        found: dict[int, None] = {}
        if number:
            for community in self._named(name):
                code = community * 10_000 + number
                if self._site.grids.index(code) >= 0:
                    found[code] = None
                if len(found) == FOUND_MAX:
                    return list(found)
        else:
            for row in self._of_worker(text):
                found[int(self._site.grids.code[row])] = None
            for community in self._named(text):
                first, last = self._site.grids.span(community)
                for row in range(first, min(last, first + FOUND_MAX)):
                    found[int(self._site.grids.code[row])] = None
        return list(found)[:FOUND_MAX]

    def _named(self, name: str) -> list[int]:
        if not name:
            return [d.code for d in self._communities]
        hits = [(match[0], len(d.name), d.code) for d in self._communities if (match := find(name, d.name)) is not None]
        return [code for _, _, code in sorted(hits)]

    def _of_worker(self, text: str) -> list[int]:
        workers, spelled = self._site.workers_l3, self._last - self._first <= PINYIN_GRIDS_MAX and text.isascii()
        hits: list[int] = []
        for row in range(self._first, self._last):
            name = workers[row]
            # A worker is named whole, or nearly: two letters would find half the city.
            if text in name or (spelled and len(text) > 1 and find(text, name) == (0, len(name))):
                hits.append(row)
                if len(hits) == FOUND_MAX:
                    break
        return hits

    def words(self, code: int) -> tuple[str, str]:
        """新工社区 2-03 and who works there."""
        site, row = self._site, self._site.grids.index(code)
        community = site.divisions.get(community_of(code))
        return f"{community.name if community else ''} {grid_label(code)}", site.workers_l3[row] if row >= 0 else ""


def _parted(text: str) -> tuple[str, int]:
    """新工2-03 as 新工 and 203; the number is 0 where none is written."""
    head, dash, tail = text.rpartition("-")
    left = head.rstrip("0123456789")
    first = head[len(left) :]
    if dash and first.isdigit() and tail.isdigit() and 0 < int(first) < 100 and 0 < int(tail) < 100:
        return left, int(first) * 100 + int(tail)
    return text, 0
