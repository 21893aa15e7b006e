"""The problem pool's tree: every class once, groups that add up, the largest first."""

from hypothesis import given
from hypothesis import strategies as st

from commandscreen.site.folder import demo_path, load
from commandscreen.store.classes import ClassCount
from commandscreen.views import class_tree

SITE = load(demo_path())
NUMBERS = st.integers(0, 50)
COUNTS = st.dictionaries(
    st.sampled_from(sorted(SITE.classes)), st.builds(ClassCount, NUMBERS, NUMBERS, NUMBERS), max_size=40
)


def everything(counts: dict[int, ClassCount]) -> list[class_tree.ClassNode]:
    opened = {(c.major,) for c in SITE.classes.values()} | {(c.major, c.minor) for c in SITE.classes.values()}
    return class_tree.nodes(SITE, counts, opened)


@given(COUNTS)
def test_groups_add_up_and_every_class_stands_once(counts: dict[int, ClassCount]) -> None:
    found = everything(counts)
    leaves = [node for node in found if not node.row.group]
    assert sum(len(node.classes) for node in leaves) == len(SITE.classes) == 3329
    tops = [node for node in found if len(node.key) == 1]
    whole = sum(counts.values(), ClassCount())
    assert sum((node.count for node in tops), ClassCount()) == whole
    assert [n.count.total for n in tops] == sorted((n.count.total for n in tops), reverse=True)
    for group in (node for node in found if len(node.key) == 2):
        inside = [node for node in found if node.key[:-1] == group.key]
        assert frozenset().union(*(node.classes for node in inside)) == group.classes
        assert sum((node.count for node in inside), ClassCount()) == group.count


@given(st.dictionaries(st.sampled_from(sorted(SITE.classes)), st.integers(1, 9), max_size=12))
def test_groups_add_up_the_tasks_of_the_board(tasks: dict[int, int]) -> None:
    opened = {(c.major,) for c in SITE.classes.values()} | {(c.major, c.minor) for c in SITE.classes.values()}
    found = class_tree.nodes(SITE, {}, opened, tasks)
    for depth in (1, 2, 3):
        assert sum(n.tasks for n in found if len(n.key) == depth) == sum(tasks.values())
    assert all(n.row.detail == (f"看板上{n.tasks}项任务" if n.tasks else "") for n in found)


def test_closed_groups_hide_theirs() -> None:
    assert all(len(node.key) == 1 for node in class_tree.nodes(SITE, {}, set()))


def test_a_trend_needs_something_before() -> None:
    assert ClassCount(5, 5, 0).change is None
    assert ClassCount(9, 3, 6).change == -0.5
    row = class_tree.nodes(SITE, {min(SITE.classes): ClassCount(9, 9, 6)}, set())[0].row
    assert (row.state, row.due) == ("9件", "近8周 +50%")
