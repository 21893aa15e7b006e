"""The queue's model keeps selection and values while the order under it changes."""

import numpy as np
from PySide6.QtCore import QItemSelectionModel, Qt

from commandscreen.models.case_queue import PAGE, SHORT, CaseQueueModel

ROLE = Qt.ItemDataRole.UserRole + 1


def ids(*values: int) -> np.ndarray:
    return np.array(values, np.int64)


def made(order: np.ndarray) -> CaseQueueModel:
    model = CaseQueueModel(ROLE, lambda value: f"行 {value}")
    model.set_ids(order)
    return model


def test_a_selection_follows_its_case_when_the_order_changes(qapp):
    model = made(ids(5, 7, 9))
    selection = QItemSelectionModel(model)
    selection.setCurrentIndex(model.index(1), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    model.set_ids(ids(9, 8, 5, 7))
    assert model.id_at(selection.currentIndex().row()) == 7
    assert [i.row() for i in selection.selectedIndexes()] == [3]


def test_a_case_that_left_takes_its_selection_along(qapp):
    model = made(ids(5, 7, 9))
    selection = QItemSelectionModel(model)
    selection.setCurrentIndex(model.index(1), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    model.set_ids(ids(5, 9))
    assert not selection.currentIndex().isValid()


def test_a_page_is_asked_for_once(qapp):
    model = made(np.arange(1, 1000, dtype=np.int64))
    asked: list[tuple[int, ...]] = []
    model.page_wanted.connect(asked.append)
    for row in range(PAGE):
        assert model.data(model.index(row), ROLE) is None
    assert asked == [tuple(range(1, PAGE + 1))]


def test_values_reach_their_rows_and_are_spoken(qapp):
    model = made(ids(5, 7, 9))
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda a, b, _roles: changed.append((a.row(), b.row())))
    model.set_values([(7, "七"), (123, "别处")])
    assert model.data(model.index(1), ROLE) == "七"
    assert model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole) == "行 七"
    assert changed == [(1, 1)]


def test_known_values_survive_a_new_order_and_are_refetched_when_forgotten(qapp):
    model = made(ids(5, 7))
    model.set_values([(5, "五"), (7, "七")])
    asked: list[tuple[int, ...]] = []
    model.page_wanted.connect(asked.append)
    model.set_ids(ids(7, 5))
    assert model.data(model.index(0), ROLE) == "七"
    model.forget([5, 99])
    assert asked == [], "what nobody sees is not asked for"
    model.renew(range(0, 1))
    assert asked == []
    model.renew(range(0, 2))
    assert asked == [(5,)]
    assert model.data(model.index(1), ROLE) == "五", "a row is never blanked while it is fetched again"


def test_a_row_out_of_date_is_asked_for_when_it_comes_into_view(qapp):
    model = made(ids(5, 7))
    model.set_values([(5, "五"), (7, "七")])
    asked: list[tuple[int, ...]] = []
    model.page_wanted.connect(asked.append)
    model.forget()
    assert model.data(model.index(1), ROLE) == "七"
    assert model.data(model.index(0), ROLE) == "五"
    assert asked == [(5, 7)], "once"


def test_an_answer_that_was_under_way_does_not_pass_for_the_newest(qapp):
    model = made(ids(5, 7))
    asked: list[tuple[int, ...]] = []
    model.page_wanted.connect(asked.append)
    model.data(model.index(0), ROLE)
    model.forget([5])  # changed after it was asked for, before the answer came
    model.set_values([(5, "旧"), (7, "七")])
    assert model.data(model.index(0), ROLE) == "旧"
    assert asked == [(5, 7), (5,)]
    model.set_values([(5, "新")])
    model.data(model.index(0), ROLE)
    assert asked == [(5, 7), (5,)], "and then no more"


def test_rows_of_a_long_list_are_repainted_where_they_are_seen(qapp):
    model = made(np.arange(1, SHORT + 2, dtype=np.int64))
    changed: list[int] = []
    model.dataChanged.connect(lambda a, _b, _roles: changed.append(a.row()))
    model.data(model.index(SHORT - 3), ROLE)
    model.set_values([(SHORT - 2, "见过"), (3, "没见过")])
    assert changed == [SHORT - 3]
    model.set_values([(SHORT - 2, "见过")])
    assert changed == [SHORT - 3], "an equal row is not painted again"


def test_items_are_not_editable(qapp):
    model = made(ids(1))
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsEditable
