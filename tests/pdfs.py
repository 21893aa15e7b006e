"""Reads the text back out of a PDF that Qt wrote: glyph numbers through each font's own map, page by page."""

from __future__ import annotations

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\b(.*?)\bendobj", re.S)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)


def _objects(data: bytes) -> dict[int, bytes]:
    return {int(m.group(1)): m.group(2) for m in _OBJECT.finditer(data)}


def _stream(body: bytes) -> bytes:
    found = _STREAM.search(body)
    assert found is not None
    return zlib.decompressobj().decompress(found.group(1)) if b"FlateDecode" in body else found.group(1)


def _map(cmap: bytes) -> dict[int, str]:
    found: dict[int, str] = {}

    def said(code: bytes) -> str:
        return bytes.fromhex(code.decode()).decode("utf-16-be", "replace")

    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.S):
        for low, high, many, one in re.findall(rb"<(\w+)>\s*<(\w+)>\s*(?:\[(.*?)\]|<(\w+)>)", block, re.S):
            start = int(low, 16)
            for place, said_as in enumerate(re.findall(rb"<(\w+)>", many)):
                found[start + place] = said(said_as)
            for code in range(start, int(high, 16) + 1) if one else ():
                found[code] = chr(int(one, 16) + code - start)
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, to in re.findall(rb"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = said(to)
    return found


def fonts(data: bytes) -> dict[str, bool]:
    """The fonts' names, and whether each lies in the file."""
    found = {}
    for body in _objects(data).values():
        name = re.search(rb"/FontName /(?:\w{6}\+)?([\w-]+)", body)
        if name is not None:
            found[name.group(1).decode()] = b"/FontFile2" in body
    return found


def pages(data: bytes) -> list[str]:
    """The text of each page, in the order it was drawn, without spaces between runs."""
    objects = _objects(data)
    maps = {}
    for number, body in objects.items():
        to = re.search(rb"/ToUnicode (\d+) 0 R", body)
        if to is not None:
            maps[number] = _map(_stream(objects[int(to.group(1))]))
    found = []
    for body in objects.values():
        if not re.search(rb"/Type /Page\b(?!s)", body):
            continue
        contents = re.search(rb"/Contents (\d+) 0 R", body)
        assert contents is not None
        text, glyphs = [], {}
        for font, run in re.findall(rb"/F(\d+) [\d.]+ Tf|<([0-9a-fA-F]+)>", _stream(objects[int(contents.group(1))])):
            if font:
                glyphs = maps[int(font)]
            else:
                text += [glyphs.get(int(run[n : n + 4], 16), "?") for n in range(0, len(run), 4)]
        found.append("".join(text))
    return found
