"""Paper: every word of a sheet is on some page, as it was written, inside the margins, in the shipped fonts."""

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from commandscreen import theme as look
from commandscreen.views import paper
from commandscreen.views.paper import Blank, Facts, Heading, Paragraph, Picture, Pictures, Sheet, Table

sys.path.insert(0, str(Path(__file__).parents[1]))
import pdfs


@pytest.fixture(autouse=True)
def shipped_fonts(qapp: QApplication) -> None:
    look.apply(qapp, look.make("dark"))


def sheet(*parts: paper.Part, mark: str = "") -> Sheet:
    return Sheet("案卷", "立沙0311-0427", "沙河街道指挥中心", parts, "周敏 打印", mark, "第{n}页 共{all}页")


def squeezed(text: str) -> str:
    return "".join(text.split())


def words(made: Sheet) -> str:
    return squeezed("".join(pdfs.pages(paper.pdf(made))))


def test_a_page_bears_head_mark_title_and_number_in_embedded_fonts() -> None:
    data = paper.pdf(sheet(Paragraph("一段话"), mark="演示数据"))
    assert pdfs.fonts(data) == {"NotoSansSC-Regular": True, "NotoSansSC-Bold": True}
    [page] = pdfs.pages(data)
    for text in ("沙河街道指挥中心", "演示数据", "案卷", "立沙0311-0427", "一段话", "周敏打印", "第1页共1页"):
        assert text in squeezed(page)


@pytest.mark.parametrize(
    "text", ["<b>粗</b>&amp;<img src=x>", "a\u202eb", "%1 {n} {all}", "\\ndef (paren) <hex>", "a1 2B 12"]
)
def test_other_peoples_text_is_text_wherever_it_stands(text: str) -> None:
    made = words(sheet(Facts([("描述", text)]), Table(("内容",), [(text,)]), Paragraph(text), Blank(text)))
    assert made.count(squeezed(text)) == 4 or "\u202e" in text
    assert made.count("粗") in (0, 4)


def test_a_cell_longer_than_a_page_goes_on_and_loses_nothing() -> None:
    text = "".join(f"第{n}句。" for n in range(500))
    data = paper.pdf(sheet(Table(("时间", "内容"), [("13:24", text), ("14:00", "完")], (1, 3))))
    pages = [squeezed(p) for p in pdfs.pages(data)]
    assert len(pages) > 1
    assert f"第1页共{len(pages)}页" in pages[0]
    body = "".join(p.split("页", 2)[2] for p in pages)
    assert text in body
    assert body.endswith("完")


def test_the_heads_of_a_table_stand_on_every_page() -> None:
    rows = [(f"第{n:03d}行", "一行") for n in range(120)]
    pages = [squeezed(p) for p in pdfs.pages(paper.pdf(sheet(Table(("序号", "要做的事"), rows))))]
    assert len(pages) >= 3
    assert all(p.count("要做的事") == 1 for p in pages)
    assert all("".join(pages).count(number) == 1 for number, _ in rows)


def test_a_heading_goes_with_what_it_heads() -> None:
    picture = QImage(400, 300, QImage.Format.Format_RGB32)
    picture.fill(QColor("#808080"))
    for lines in range(20, 45):
        made = sheet(
            *(Paragraph(f"第{n}段") for n in range(lines)), Heading("现场照片"), Pictures([Picture(picture, "到场时")])
        )
        pages = [squeezed(p) for p in pdfs.pages(paper.pdf(made))]
        assert ["现场照片" in p for p in pages] == ["到场时" in p for p in pages]


def test_short_facts_share_a_line_and_long_ones_have_their_own() -> None:
    flow = paper._Flow(sheet(Facts([("甲", "短"), ("乙", "短")])))
    alone = paper._Flow(sheet(Facts([("甲", "长" * 60), ("乙", "短")])))
    assert alone._y > flow._y


@settings(max_examples=40)
@given(st.lists(st.one_of(
    st.builds(Heading, st.text("标题一二三", min_size=1, max_size=12)),
    st.builds(Paragraph, st.text("一段文字，很长。\n", max_size=1500)),
    st.builds(Facts, st.lists(st.tuples(st.just("项"), st.text("值很长", max_size=200)), max_size=12)),
    st.builds(lambda rows: Table(("甲", "乙"), rows), st.lists(st.tuples(st.text("字", max_size=900), st.just("x")), max_size=9)),
    st.builds(lambda n: Blank("批示", n, "签字"), st.integers(1, 12)),
    st.builds(lambda n: Pictures([Picture(QImage(), "无")] * n), st.integers(0, 5)),
), max_size=7))  # fmt: skip
def test_nothing_is_laid_outside_the_margins(parts: list[paper.Part]) -> None:
    lowest: list[float] = []
    put = paper._Flow._line
    box = paper._Flow._box

    def line(self, text, number, x, lower=0.0):
        lowest.append(self._y + lower + text.step)
        assert x >= paper.LEFT - 0.01
        assert x + text.natural <= paper.WIDTH - paper.RIGHT + 0.01
        put(self, text, number, x, lower)

    def frame(self, rect, shaded=False):
        lowest.append(rect.bottom())
        box(self, rect, shaded)

    paper._Flow._line, paper._Flow._box = line, frame
    try:
        flow = paper._Flow(sheet(*parts))
    finally:
        paper._Flow._line, paper._Flow._box = put, box
    assert flow.pages
    assert max(lowest) <= paper.HEIGHT - paper.BOTTOM + 1
