"""What keeps the house in order: no path of a machine, no address in the lock, modules that say what they are."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = sorted((ROOT / "commandscreen").rglob("*.py"))


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = listed.stdout.split("\n") if listed.returncode == 0 else []
    return [ROOT / n for n in names if n and (ROOT / n).is_file()] or PYTHON


@pytest.mark.parametrize("path", PYTHON, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_module_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert not tree.body or ast.get_docstring(tree), f"{path} has no docstring"


def test_no_path_of_a_machine_and_no_address_of_a_registry() -> None:
    wrong = re.compile(r"(?:^|[^A-Za-z0-9_.~-])/(?:home|root|work)/|pypi\.org|pythonhosted|registry\.npmjs")
    for path in tracked():
        if (
            path.suffix in (".py", ".md", ".toml", ".lock", ".sh", ".qss", ".ts", "")
            and path.name != Path(__file__).name
        ):
            found = wrong.search(path.read_text("utf-8", "replace"))
            assert not found, f"{path}: {found.group() if found else ''}"


def test_the_lock_carries_versions_and_hashes_only() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    assert "http" not in text
    assert "--index-url" not in text
    pins = re.findall(r"^([a-z0-9][\w.-]*)==", text, re.M)
    assert len(pins) > 40
    assert text.count("--hash=sha256:") > len(pins)


def test_everything_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[\[<>=~! ]", d)[0].lower().replace("-", "_") for d in project["dependencies"]}
    names = {"pyside6": "pyside6_essentials", "argon2": "argon2_cffi", "starlette": "fastapi", "pil": "pillow"}
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            modules = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                modules = [node.module]
            for module in modules:
                top = module.split(".")[0].lower()
                if top not in sys.stdlib_module_names and top != "commandscreen":
                    assert names.get(top, top) in declared, f"{path.name} imports {module}"


def test_translations_are_level_with_the_code() -> None:
    from commandscreen.i18n import check

    assert check() == []


def test_the_font_has_every_character_of_the_interface() -> None:
    from PySide6.QtGui import QRawFont
    from PySide6.QtWidgets import QApplication

    from commandscreen import i18n

    assert QApplication.instance() is not None or QApplication([])
    font = QRawFont(str(ROOT / "resources" / "fonts" / "NotoSansSC-Regular-gb2312.ttf"), 16)
    texts = {source for _, source, _, _ in i18n.sources()} | set(i18n.read().values())
    missing = {
        c for text in texts for c in text if c.isprintable() and not c.isspace() and not font.supportsCharacter(ord(c))
    }
    assert not missing


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_the_binding_keeps_its_references_to_none() -> None:
    """PySide6 6.12.0 on Python 3.11 drops one reference to None on each void call, and aborts after some thousands."""
    from PySide6.QtGui import QImage, QPainter

    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    before = sys.getrefcount(None)
    for _ in range(20_000):
        painter.translate(0, 0)
    painter.end()
    assert abs(sys.getrefcount(None) - before) < 1_000


def test_labels_never_guess_markup() -> None:
    for path in [
        *(ROOT / "commandscreen" / "widgets").rglob("*.py"),
        *(ROOT / "commandscreen" / "views").rglob("*.py"),
    ]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "QLabel":
                assert not node.args, f"{path.name}:{node.lineno} shows text in a bare QLabel"


def test_no_two_test_files_bear_one_name() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("*.py") if path.name not in ("conftest.py", "__init__.py")]
    assert sorted(names) == sorted(set(names))
