"""The user's language: Chinese is the source, English from resources/i18n/en.ts, a pseudo-locale for layouts.

Translations are read from the .ts file itself, so that nothing has to be compiled on a fresh machine. `python -m
commandscreen.i18n update|check` keeps the file level with the code.
"""

from __future__ import annotations

import ast
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
TS = ROOT / "resources" / "i18n" / "en.ts"
_NOOP = {"QT_TRANSLATE_NOOP", "translate"}
_PSEUDO = str.maketrans("aeiounAEIOUN", "áéíóúñÁÉÍÓÚÑ")


def read(path: Path = TS) -> dict[tuple[str, str], str]:
    """Translations by (context, source). Raises ET.ParseError for a broken file."""
    found: dict[tuple[str, str], str] = {}
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314 - our own file
        name = context.findtext("name", "")
        for message in context.iter("message"):
            found[(name, message.findtext("source", ""))] = message.findtext("translation", "")
    return found


def pseudo(source: str, english: str) -> str:
    """English with accents and 40 % more length, placeholders kept: shows what does not stretch or was not marked."""
    parts: list[str] = []
    depth = 0
    for char in english or source:
        depth += (char == "{") - (char == "}")
        parts.append(char if depth or char == "}" else char.translate(_PSEUDO))
    return "".join(parts) + "~" * max(1, round(len(english or source) * 0.4))


def sources(folder: Path = ROOT / "commandscreen") -> Iterator[tuple[str, str, str, int]]:
    """Every marked text of the code: (context, source, file, line). `self.tr` takes its class as the context."""
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        name = path.relative_to(ROOT).as_posix()
        yield from _in_node(tree, "", name)


def _in_node(node: ast.AST, context: str, file: str) -> Iterator[tuple[str, str, str, int]]:
    for child in ast.iter_child_nodes(node):
        inner = child.name if isinstance(child, ast.ClassDef) else context
        if isinstance(child, ast.Call):
            found = _call(child, context)
            if found:
                yield (*found, file, child.lineno)
        yield from _in_node(child, inner, file)


def _call(call: ast.Call, context: str) -> tuple[str, str] | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    texts = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if name == "tr" and len(texts) == 1 and context:
        return context, texts[0]
    if name in _NOOP and len(texts) == 2:
        return texts[0], texts[1]
    return None


def update() -> int:
    """Writes the .ts file anew from the code, keeping translations; gives the number without one."""
    known = read() if TS.exists() else {}
    wanted = sorted({(context, source) for context, source, _, _ in sources()})
    root = ET.Element("TS", version="2.1", language="en", sourcelanguage="zh_CN")
    missing = 0
    for name in sorted({context for context, _ in wanted}):
        group = ET.SubElement(root, "context")
        ET.SubElement(group, "name").text = name
        for context, source in wanted:
            if context == name:
                message = ET.SubElement(group, "message")
                ET.SubElement(message, "source").text = source
                translation = ET.SubElement(message, "translation")
                translation.text = known.get((context, source), "") or next(
                    (text for (_, other), text in known.items() if other == source and text), ""
                )
                if not translation.text:
                    translation.set("type", "unfinished")
                    missing += 1
    ET.indent(root)
    TS.parent.mkdir(parents=True, exist_ok=True)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    TS.write_text(head + ET.tostring(root, "unicode") + "\n", "utf-8")
    return missing


def check() -> list[str]:
    """What is wrong: texts of the code that the file lacks, lines it no longer needs, empty or mismatched ones."""
    known = read()
    wanted = {(context, source) for context, source, _, _ in sources()}
    faults = [f"missing: {c}: {s}" for c, s in sorted(wanted - known.keys())]
    faults += [f"no longer used: {c}: {s}" for c, s in sorted(known.keys() - wanted)]
    for (context, source), text in sorted(known.items()):
        if not text:
            faults.append(f"untranslated: {context}: {source}")
        elif _fields(source) != _fields(text):
            faults.append(f"placeholders differ: {context}: {source} / {text}")
    return faults


def _fields(text: str) -> set[str]:
    return {part.split("}")[0] for part in text.split("{")[1:]}


def main(arguments: list[str]) -> int:
    """`update` or `check`; check exits with 1 when the file is behind the code."""
    if arguments == ["update"]:
        print(f"{update()} untranslated")
        return 0
    if arguments == ["check"]:
        faults = check()
        print("\n".join(faults) or "translations are up to date")
        return 1 if faults else 0
    print("usage: python -m commandscreen.i18n update|check", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
