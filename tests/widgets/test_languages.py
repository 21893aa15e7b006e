"""The .ts file, the translator and the pseudo-locale."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from commandscreen import i18n, translator


def test_the_code_is_read_for_its_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.py").write_text(
        'class Box:\n    def f(self):\n        return self.tr("共 {n} 件").format(n=1)\nT = translate("Words", "超期")\n',
        "utf-8",
    )
    monkeypatch.setattr(i18n, "ROOT", tmp_path)
    assert [(c, s) for c, s, _, _ in i18n.sources(tmp_path)] == [("Box", "共 {n} 件"), ("Words", "超期")]


def _ts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, translation: str) -> list[str]:
    text = f"<TS><context><name>W</name><message><source>{source}</source><translation>{translation}</translation></message></context></TS>"
    file = tmp_path / "en.ts"
    file.write_text(text, "utf-8")
    monkeypatch.setattr(i18n, "sources", lambda: [("W", "共 {n} 件", "a.py", 1)])
    known = i18n.read(file)
    monkeypatch.setattr(i18n, "read", lambda: known)
    return i18n.check()


@pytest.mark.parametrize(
    ("source", "translation", "fault"),
    [
        ("共 {n} 件", "{n} cases", None),
        ("共 {n} 件", "", "untranslated"),
        ("共 {n} 件", "{m} cases", "placeholders"),
        ("别的", "other", "missing"),
    ],
)
def test_a_file_behind_the_code_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, translation: str, fault: str | None
) -> None:
    faults = _ts(tmp_path, monkeypatch, source, translation)
    assert (faults == []) if fault is None else any(f.startswith(fault) for f in faults)


def test_the_pseudo_locale_is_longer_accented_and_keeps_placeholders() -> None:
    text = i18n.pseudo("共 {name} 件", "{name} cases in all")
    assert text.startswith("{name} cásés íñ áll")
    assert len(text) >= 1.4 * len("{name} cases in all") - 1


def test_a_language_can_be_put_in_and_taken_out(qapp: QApplication) -> None:
    context, source = next(key for key, text in sorted(i18n.read().items()) if text and text != key[1])
    english = i18n.read()[(context, source)]
    assert QCoreApplication.translate(context, source) == source
    installed = translator.install(qapp, "en")
    assert installed is not None
    try:
        assert QCoreApplication.translate(context, source) == english
        assert QCoreApplication.translate(context, "没有这句") == "没有这句"
    finally:
        qapp.removeTranslator(installed)
    assert QCoreApplication.translate(context, source) == source
    chinese = translator.install(qapp, "zh_CN")
    try:
        assert qapp.translate("QFileDialog", "Look in:") == "查找范围："
        assert qapp.translate("QueueView", "在办案件") == "在办案件"
    finally:
        qapp.removeTranslator(chinese)


def test_english_has_no_chinese_left() -> None:
    left = {s: t for (_, s), t in i18n.read().items() if any("\u4e00" <= c <= "\u9fff" for c in t)}
    assert left == {}
