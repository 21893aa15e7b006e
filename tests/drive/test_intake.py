"""登记: what is reported is written down by keys, compared, handed in, kept through a crash; its case is there at once."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from test_hands import CTRL, K, entries, hands, said, shown

from commandscreen.domain.case import Source, State
from commandscreen.domain.intake import Intake
from commandscreen.site import pictures
from commandscreen.store.outbox import Fate

__all__ = ["hands"]


class Keeper:
    """A client's drawer of pictures and its draft, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._pool = ThreadPoolExecutor(1, "photos")
        self._folder = folder
        folder.mkdir()
        self.reasons: list[str] = []
        self.refusal = ""
        self.known: dict[str, tuple[int, tuple[int, ...]]] = {}
        self.asked: list[str] = []

    def behind(self, task):  # type: ignore[no-untyped-def]
        self._pool.submit(task)

    def take_photo(self, data: bytes) -> str:
        address = hashlib.sha256(data).hexdigest()
        (self._folder / address).write_bytes(data)
        return address

    def photo(self, address, done):  # type: ignore[no-untyped-def]
        path = self._folder / address
        self._pool.submit(lambda: done(path.read_bytes() if path.exists() else b""))

    def unmask(self, address, reason, done):  # type: ignore[no-untyped-def]
        self.reasons.append(f"{address} {reason}")
        self._pool.submit(lambda: done(self.refusal))

    def callers(self, phone, done):  # type: ignore[no-untyped-def]
        self.asked.append(phone)
        self._pool.submit(lambda: done(*self.known.get(phone, (-1, ()))))

    def keep_draft(self, draft):  # type: ignore[no-untyped-def]
        path = self._folder / "draft.json"
        self._pool.submit(lambda: path.write_text(json.dumps(draft)) if draft else path.unlink(missing_ok=True))

    def draft(self):  # type: ignore[no-untyped-def]
        path = self._folder / "draft.json"
        return json.loads(path.read_text()) if path.exists() else {}

    def written(self):  # type: ignore[no-untyped-def]
        """The draft on the disk, after all that was asked for."""
        self._pool.submit(lambda: None).result()
        return self.draft()

    def close(self) -> None:
        self._pool.shutdown(wait=True)


@pytest.fixture
def desk(hands, tmp_path):
    """The desk with a drawer for pictures."""
    keeper = Keeper(tmp_path / "keeper")
    hands.keeper = keeper
    hands.view.pictures.attach(keeper)
    yield hands
    keeper.close()


def write(field, text: str) -> None:
    """Types a text, as an input method would commit it."""
    field.setFocus()
    field.insert(text) if hasattr(field, "insert") else field.insertPlainText(text)
    if hasattr(field, "textEdited"):
        field.textEdited.emit(field.text())


def fill(seat, like, **more: str) -> None:
    """A form about the same thing as a case, by keys."""
    form = seat.view.intake.form
    kind = seat.site.classes[like.class_id]
    QTest.keyClicks(form.kind.field, kind.code)
    QTest.keyClick(form.kind.field, K.Key_Return)
    assert form.kind.value == kind.id
    QTest.keyClicks(form.grid.field, str(like.grid))
    QTest.keyClick(form.grid.field, K.Key_Return)
    assert form.grid.value == like.grid
    write(form.place, more.get("place", "3号楼"))
    for name, text in more.items():
        if name != "place":
            write(getattr(form, name), text)


def a_case(seat, source=Source.HOTLINE):
    return next(c for c in seat.cases.values() if c.source is source and c.state is State.HANDLING)


def begin(seat) -> None:
    QTest.keyClick(seat.view.queue.list, K.Key_N, CTRL)
    seat.until(lambda: seat.view.intake.is_open)
    seat.until(lambda: QApplication.focusWidget() is seat.view.intake.form.kind.field)


def hand_in(seat) -> int:
    before = seat.desk.selected
    QTest.keyClick(QApplication.focusWidget(), K.Key_Return, CTRL)
    seat.until(lambda: seat.desk.selected < 0 and seat.desk.selected != before)
    return seat.desk.selected


def test_the_single_window_is_a_channel_of_its_own(desk) -> None:
    """One click says that somebody stands at the window; queue and case say so too."""
    begin(desk)
    form = desk.view.intake.form
    button = next(b for b in form.source.findChildren(QPushButton) if b.text() == "窗口")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    fill(desk, a_case(desk), title="门口")
    case = hand_in(desk)
    assert shown(desk, case).source is Source.SINGLE_WINDOW
    desk.until(lambda: desk.view.queue.model.value(case) is not None)
    assert "单一窗口" in desk.view.queue.rows.row(desk.view.queue.model.value(case)).where
    desk.key(K.Key_Return)
    desk.until(lambda: desk.view.case.is_open and desk.view.case.case is not None)
    assert ("渠道", "单一窗口") in desk.view.case.fact_rows(desk.view.case.case, desk.site)


def test_a_case_is_written_down_without_the_mouse_and_is_there_at_once(desk) -> None:
    """Ctrl+N, class, grid, place, Ctrl+Enter: two keys beside what has to be typed, one Enter for each thing taken from a list."""
    like = a_case(desk)
    begin(desk)
    fill(desk, like, reporter="王秀英", phone="138 1234-5678", text="漏了两天")
    case = hand_in(desk)
    assert not desk.view.intake.is_open
    desk.until(lambda: case in desk.shown)
    desk.until(lambda: desk.view.queue.model.id_at(desk.view.queue.list.currentIndex().row()) == case)
    made = shown(desk, case)
    assert (made.state, made.grid, made.class_id, made.place) == (State.REPORTED, like.grid, like.class_id, "3号楼")
    assert made.title == "3号楼" + desk.site.classes[like.class_id].name
    assert (made.reporter, made.phone) == ("王**", "138****5678"), "the replica never holds them whole"
    assert entries(desk)[0].command.args["phone"] == "1381234-5678"
    desk.until(lambda: bool(desk.view.queue.model.value(case)) and bool(desk.view.queue.model.value(case).pending))
    desk.until(lambda: "秒内可撤销" in said(desk))


@pytest.mark.parametrize("typed", ["{code}", "{name}", "ldls"])
def test_a_class_is_found_by_code_name_and_initials(desk, typed: str) -> None:
    kind = next(c for c in desk.site.classes.values() if c.name == "楼道漏水")
    begin(desk)
    field = desk.view.intake.form.kind.field
    write(field, typed.format(code=kind.code, name=kind.name))
    QTest.keyClick(field, K.Key_Return)
    assert desk.view.intake.form.kind.value == kind.id
    assert "限" in desk.view.intake.form.rows["class_id"]._under.text()


def test_a_grid_is_found_by_number_community_worker_and_on_the_map(desk) -> None:
    begin(desk)
    form = desk.view.intake.form
    like = a_case(desk)
    row = desk.site.grids.index(like.grid)
    community = desk.site.divisions[like.grid // 10_000].name
    number = f"{like.grid % 10_000 // 100}-{like.grid % 100:02d}"
    for typed in (f"{community[:2]}{number}", desk.site.workers_l3[row], str(like.grid)):
        form.grid.field.clear()
        write(form.grid.field, typed)
        QTest.keyClick(form.grid.field, K.Key_Return)
        assert form.grid.value == like.grid, typed
    form.grid.field.clear()
    desk.desk.select(0)
    desk.view.map.map.grid_clicked.emit(row)
    assert form.grid.value == like.grid
    assert desk.desk.selected == 0, "a click that means a place selects no case"
    QTest.keyClick(form.place, K.Key_Escape)
    assert not desk.view.intake.is_open
    desk.view.map.map.grid_clicked.emit(row)
    desk.until(lambda: desk.desk.selected != 0)


def test_what_is_missing_is_said_beside_its_field(desk) -> None:
    begin(desk)
    form = desk.view.intake.form
    QTest.keyClick(form.kind.field, K.Key_Return, CTRL)
    assert {n for n, r in form.rows.items() if r.complaint} == {"class_id", "grid", "place"}
    assert QApplication.focusWidget() is form.kind.field
    assert list(entries(desk)) == []
    fill(desk, a_case(desk), phone="12345")
    assert not form.rows["class_id"].complaint
    QTest.keyClick(form.place, K.Key_Return, CTRL)
    assert {n for n, r in form.rows.items() if r.complaint} == {"phone"}
    assert QApplication.focusWidget() is form.phone
    elsewhere = next(int(c) for c in desk.site.grids.code if c // 10**7 != like_township(desk))
    form.phone.clear()
    desk.view.intake.take_grid(elsewhere)
    QTest.keyClick(form.place, K.Key_Return, CTRL)
    assert "辖区" in form.rows["grid"].complaint
    assert list(entries(desk)) == []


def like_township(seat) -> int:
    return a_case(seat).township


def test_letters_typed_in_the_form_do_nothing_else(desk) -> None:
    begin(desk)
    before = desk.desk.selected
    form = desk.view.intake.form
    for field in (form.place, form.text, form.title):
        field.setFocus()
        QTest.keyClicks(field, "jdvb?I")
    assert form.place.text() == form.text.toPlainText() == form.title.text() == "jdvb?I"
    for button in form.source._buttons.values():
        button.setFocus()
        QTest.keyClicks(button, "jdv")
    assert not desk.view.departments.dispatching
    assert desk.desk.selected == before
    assert not desk.view.help.isVisible()


def test_esc_puts_it_away_and_everything_is_still_there(desk) -> None:
    begin(desk)
    fill(desk, a_case(desk), title="门口", phone="13812345678")
    before = desk.view.intake.intake
    QTest.keyClick(QApplication.focusWidget(), K.Key_Escape)
    assert not desk.view.intake.is_open
    assert desk.view.queue.list.hasFocus()
    assert Intake() != before
    QTest.keyClick(desk.view.queue.list, K.Key_N, CTRL)
    assert desk.view.intake.intake == before
    assert desk.keeper.written()["title"] == "门口"


def test_a_form_is_offered_again_after_a_crash_and_not_after_it_was_handed_in(desk) -> None:
    begin(desk)
    fill(desk, a_case(desk), title="门口")
    before = desk.view.intake.intake
    desk.view.intake.keep()
    kept = desk.keeper.written()
    desk.view.intake.fill(Intake())  # the crash
    desk.view.intake.shut()
    desk.view.intake.recall()
    desk.until(lambda: desk.view.intake.intake == before)
    assert "门口" in said(desk)
    QTest.keyClick(desk.view.queue.list, K.Key_N, CTRL)
    hand_in(desk)
    desk.until(lambda: desk.keeper.written() == {})
    # The machine stopped between the outbox and the draft: the same form again is no second case.
    desk.keeper.keep_draft(kept)
    desk.view.intake.recall()
    desk.until(lambda: desk.keeper.written() == {})
    assert desk.view.intake.intake.empty
    assert len(entries(desk)) == 1


def test_what_was_wiped_comes_back(desk) -> None:
    begin(desk)
    fill(desk, a_case(desk), title="门口")
    before = desk.view.intake.intake
    desk.view.intake._clear.click()
    assert desk.view.intake.intake.empty
    desk.view.intake._clear.click()
    assert desk.view.intake.intake == before


def test_undo_brings_the_form_back(desk) -> None:
    begin(desk)
    fill(desk, a_case(desk), title="门口", phone="13812345678", reporter="王秀英")
    before = desk.view.intake.intake
    case = hand_in(desk)
    desk.until(lambda: case in desk.shown)
    desk.until(lambda: "秒内可撤销" in said(desk))
    QTest.keyClick(desk.view.queue.list, K.Key_Z, CTRL)
    desk.until(lambda: case not in desk.shown)
    assert list(entries(desk)) == []
    assert desk.view.intake.intake == before


def test_a_refused_report_can_be_put_right(desk) -> None:
    begin(desk)
    fill(desk, a_case(desk), title="门口")
    before = desk.view.intake.intake
    hand_in(desk)
    desk.until(lambda: len(entries(desk)) == 1)
    name = entries(desk)[0].command.id
    desk.replica.commanding(lambda box: box.answered(name, Fate.REFUSED, code="unknown-class")).result()
    desk.until(lambda: "没有这个问题类别" in said(desk) and "门口" in said(desk))
    QTest.keyClick(desk.view.queue.list, K.Key_E, CTRL)
    desk.until(lambda: desk.view.sent.is_open and desk.view.sent._again.isVisible())
    desk.key(K.Key_Return)
    desk.until(lambda: desk.view.intake.is_open)
    assert desk.view.intake.intake == before
    hand_in(desk)
    desk.until(lambda: {e.fate for e in entries(desk)} == {Fate.WAITING, Fate.DROPPED})
    assert entries(desk)[0].command.id != name


# Cases like it ------------------------------------------------------------------------------------------------------------


def test_a_duplicate_is_seen_before_it_is_filed_and_opened(desk) -> None:
    like = a_case(desk)
    begin(desk)
    fill(desk, like, title=like.title)
    likes = desk.view.intake.likeness.likes
    desk.until(lambda: any(c.case_id == like.id for c in likes.cases))
    assert likes.cases[0].kind == "重复"
    before = desk.view.intake.intake
    likes.wanted.emit("open", like.id)
    desk.until(lambda: desk.view.case.is_open and desk.view.case.case is not None)
    assert desk.view.case.case.id == like.id
    assert not desk.view.intake.is_open
    assert desk.view.intake.intake == before


def test_the_top_duplicate_takes_the_caller_with_one_key(desk) -> None:
    """Ctrl+M: filed and merged in one hand, undone in one; the caller is asked back like any other."""
    like = a_case(desk)
    begin(desk)
    fill(desk, like, title=like.title, phone="13812345678")
    likes = desk.view.intake.likeness.likes
    desk.until(lambda: bool(likes.cases) and likes.cases[0].case_id == like.id)
    QTest.keyClick(QApplication.focusWidget(), K.Key_M, CTRL)
    desk.until(lambda: len(entries(desk)) == 2)
    report, merge = sorted(entries(desk), key=lambda e: e.command.kind, reverse=True)
    assert (report.command.kind, merge.command.kind) == ("report", "merge")
    assert merge.command.args["master"] == like.id
    desk.until(lambda: shown(desk, merge.command.case_id).state is State.MERGED)
    assert desk.desk.selected == like.id
    desk.until(lambda: "秒内可撤销" in said(desk) and "2件" in said(desk))
    QTest.keyClick(desk.view.queue.list, K.Key_Z, CTRL)
    desk.until(lambda: list(entries(desk)) == [])


def test_the_caller_s_words_can_be_added_without_a_case(desk) -> None:
    like = a_case(desk)
    begin(desk)
    fill(desk, like, text="水已到二楼", reporter="王秀英", phone="13812345678")
    likes = desk.view.intake.likeness.likes
    desk.until(lambda: any(c.case_id == like.id for c in likes.cases))
    likes.wanted.emit("note", like.id)
    desk.until(lambda: shown(desk, like.id).flow[-1].kind == "comment")
    line = shown(desk, like.id).flow[-1].text
    assert "水已到二楼" in line
    assert "王** 138****5678" in line, "in the flow everybody reads only what is masked"
    assert [e.command.kind for e in entries(desk)] == ["progress"]
    desk.until(lambda: desk.keeper.written() == {})


def test_earlier_calls_of_the_same_number_are_called_a_maybe(desk) -> None:
    like = replace(
        a_case(desk), id=9001, number="立沙0311-9001", reporter="王**", phone="138****5678", title="上周的事"
    )
    other = replace(like, id=9002, reporter="李**", title="别人的事")
    desk.put(like, other)
    begin(desk)
    form, view = desk.view.intake.form, desk.view.intake.likeness
    write(form.reporter, "王秀英")
    desk.until(lambda: not view._wait.isActive())
    assert view.earlier.cases == ()
    write(form.phone, "13800005678")
    desk.until(lambda: [c.title for c in view.earlier.cases] == ["上周的事"])
    assert view._callers.isVisible()
    assert "138****5678" in view._caller_sub.text()
    assert "没有联网" in view._caller_sub.text()
    assert [c.kind for c in view.earlier.cases] == ["疑似"]
    desk.view.intake.shut()
    desk.keeper.known["13800005678"] = (1, (9001,))
    begin(desk)
    desk.until(lambda: [c.kind for c in view.earlier.cases] == ["同号"])


def test_the_server_knows_the_number_itself(desk) -> None:
    """What it names is certain and comes first, under whatever name it was reported; what only looks alike stays a maybe."""
    alike = replace(
        a_case(desk), id=9001, number="立沙0311-9001", reporter="王**", phone="138****5678", title="上周的事"
    )
    same = replace(alike, id=9002, reporter="李**", title="同一个号码")
    desk.put(alike, same)
    desk.keeper.known["13800005678"] = (3, (9002,))
    begin(desk)
    form, view = desk.view.intake.form, desk.view.intake.likeness
    write(form.reporter, "王秀英")
    write(form.phone, "138 0000")
    desk.until(lambda: not view._wait.isActive())
    assert desk.keeper.asked == [], "half a number is nobody's"
    form.phone.clear()
    write(form.phone, "+86 138-0000-5678".replace("-", " "))
    desk.until(
        lambda: [(c.title, c.kind) for c in view.earlier.cases] == [("同一个号码", "同号"), ("上周的事", "疑似")]
    )
    assert desk.keeper.asked == ["13800005678"]
    assert "一年内3件" in view._caller_sub.text()
    desk.view.intake.shut()
    desk.keeper.known.clear()
    begin(desk)
    desk.until(lambda: not view._wait.isActive())
    assert desk.keeper.asked == ["13800005678"], "what was told is not asked again"
    assert "没有联网" not in view._caller_sub.text()


# The name of a case -------------------------------------------------------------------------------------------------------


def named(seat, temporary: int, real: int = 7001) -> None:
    """The server answered the report: the case has a name; its row comes later."""
    report = next(e for e in entries(seat) if e.command.kind == "report")
    name = report.command.id
    seat.replica.commanding(lambda box: box.answered(name, Fate.LANDED, 50, made=real)).result()
    seat.until(lambda: seat.desk.selected == real)


def test_the_selection_follows_a_case_to_its_real_name(desk) -> None:
    begin(desk)
    fill(desk, a_case(desk), title="门口")
    case = hand_in(desk)
    desk.until(lambda: case in desk.shown)
    row = desk.view.queue.list.currentIndex().row()
    desk.key(K.Key_Return)
    desk.until(lambda: desk.view.case.is_open and desk.view.case.case is not None and desk.view.case.case.id == case)
    named(desk, case)
    desk.until(lambda: 7001 in desk.shown and case not in desk.shown)
    assert desk.view.queue.list.currentIndex().row() == row
    assert desk.view.queue.model.value(7001) is not None, "the row is never blank"
    desk.until(lambda: desk.view.case.case is not None and desk.view.case.case.id == 7001)
    row_of_server = replace(shown(desk, 7001), number="立沙1125-0001", title="门口")
    desk.replica.commanding(lambda box: box.settle(50, 0)).result()
    desk.put(row_of_server)
    desk.until(lambda: desk.view.case.case.number == "立沙1125-0001")
    assert desk.desk.selected == 7001


def test_commands_on_a_case_without_a_name_are_kept_and_shown(desk) -> None:
    begin(desk)
    fill(desk, a_case(desk), title="门口")
    case = hand_in(desk)
    desk.until(lambda: case in desk.shown)
    desk.key(K.Key_Y)
    desk.until(lambda: shown(desk, case).state is State.PENDING_DISPATCH)
    desk.key(K.Key_D)
    desk.until(lambda: desk.view.departments.dispatching)
    named(desk, case)
    assert desk.view.departments.dispatching, "a choice under way is not broken off by a name"
    desk.key(K.Key_Return)
    desk.until(lambda: shown(desk, 7001).state is State.PENDING_SIGN)
    told = {e.command.kind: e.command.case_id for e in entries(desk)}
    assert told == {"report": 0, "file": 7001, "dispatch": 7001}


def test_a_note_begun_before_the_name_came_goes_to_the_right_case(desk) -> None:
    begin(desk)
    fill(desk, a_case(desk), title="门口")
    case = hand_in(desk)
    desk.until(lambda: case in desk.shown)
    desk.key(K.Key_N)
    bar = desk.view.queue.bar
    desk.until(lambda: bar.asking)
    bar.field.setText("居民在门口等")
    named(desk, case)
    QTest.keyClick(bar.field, K.Key_Return)
    desk.until(lambda: shown(desk, 7001).flow[-1].text == "居民在门口等")


# Pictures -----------------------------------------------------------------------------------------------------------------


def picture_file(folder: Path, name: str = "现场.png", scene: str = "pipe") -> Path:
    path = folder / name
    path.write_bytes(pictures.png(scene, 3))
    return path


def test_pictures_come_by_file_paste_and_drop_and_go_with_the_report(desk, tmp_path, monkeypatch) -> None:
    begin(desk)
    form = desk.view.intake.form
    monkeypatch.setattr("commandscreen.views.intake_photos.ask_for_files", lambda _: [picture_file(tmp_path)])
    form.tray.setFocus()
    QTest.keyClick(form.tray, K.Key_Return)
    desk.until(lambda: len(form.tray.addresses) == 1)
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    QGuiApplication.clipboard().setImage(image)
    form.place.setFocus()
    QTest.keyClick(form.place, K.Key_V, CTRL)
    desk.until(lambda: len(form.tray.addresses) == 2)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(picture_file(tmp_path, "第二张.png", "wall")))])
    drop(desk.view.intake, mime)
    desk.until(lambda: len(form.tray.addresses) == 3)
    QTest.keyClick(form.tray, K.Key_Left)
    QTest.keyClick(form.tray, K.Key_Delete)
    desk.until(lambda: len(form.tray.addresses) == 2)
    fill(desk, a_case(desk))
    case = hand_in(desk)
    desk.until(lambda: shown(desk, case) is not None)
    assert shown(desk, case).photos == 2
    QGuiApplication.clipboard().clear()


def drop(widget, mime: QMimeData) -> None:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(widget.rect().center(), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(QPointF(widget.rect().center()), Qt.DropAction.CopyAction, mime,
                                              Qt.MouseButton.LeftButton, none))  # fmt: skip


def test_text_is_pasted_as_text(desk) -> None:
    begin(desk)
    mime = QMimeData()
    mime.setText("鞍千路32栋")
    mime.setImageData(QImage(20, 20, QImage.Format.Format_RGB32))
    QGuiApplication.clipboard().setMimeData(mime)
    form = desk.view.intake.form
    form.place.setFocus()
    QTest.keyClick(form.place, K.Key_V, CTRL)
    assert form.place.text() == "鞍千路32栋"
    assert form.tray.addresses == ()
    QGuiApplication.clipboard().clear()


def test_what_is_no_photo_is_said_beside_the_pictures_and_the_rest_goes_on(desk, tmp_path) -> None:
    begin(desk)
    form = desk.view.intake.form
    bad = tmp_path / "账单.png"
    bad.write_bytes(b"%PDF-1.7 not a picture")
    desk.view.intake.photos.add([bad, picture_file(tmp_path)])
    desk.until(lambda: len(form.tray.addresses) == 1)
    desk.until(lambda: "账单.png" in form.rows["photos"].complaint)
    assert "JPEG" in form.rows["photos"].complaint


def test_a_picture_that_comes_late_is_not_the_next_caller_s(desk, tmp_path) -> None:
    begin(desk)
    desk.view.intake.photos.add([picture_file(tmp_path)])
    desk.view.intake.wipe()
    desk.keeper.written()
    desk.qtbot.wait(50)
    assert desk.view.intake.form.tray.addresses == ()


def test_the_palette_and_the_rail_open_it_too(desk) -> None:
    desk.view._act("report")
    assert desk.view.intake.is_open
    desk.view.intake.shut()
    desk.view.rail.chosen.emit("intake")
    assert desk.view.intake.is_open
