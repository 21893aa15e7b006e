"""Commands of any shape get an answer each, and never an error of ours."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "contract")]

from sites import SHAHE, account_of, tiny_site  # noqa: E402

from commandscreen.domain.decide import Reason  # noqa: E402
from commandscreen.domain.person import Actor, Role  # noqa: E402
from commandscreen.domain.workflow import Kind, Step  # noqa: E402
from commandscreen.server import commands, tallies  # noqa: E402
from commandscreen.server.database import Database  # noqa: E402
from commandscreen.server.scope import scope_of  # noqa: E402

SITE = tiny_site()
EVERYONE = Actor(1, account_of(Role.INTAKE, SHAHE), frozenset(Role) - {Role.HANDLER}, SHAHE)
HANDLER = Actor(2, "h", frozenset({Role.HANDLER}), SHAHE, 1)

_LEAVES = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
)  # fmt: skip
_JSON = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)
_LIKELY = st.sampled_from(
    ["hotline", 2103040150170203, 301, 1, 2, 6, "pass", "fail", "solved", 5, "属实", ["ab" * 32], [2], *list(Step)]
)
_NAMES = ["source", "title", "place", "grid", "class_id", "condition", "lead", "assists", "handler", "text", "photos", "result",
          "reason", "rating", "step", "note", "reporter", "phone"]  # fmt: skip
_ITEMS = st.fixed_dictionaries(
    {"kind": st.sampled_from(list(Kind)), "args": st.dictionaries(st.sampled_from(_NAMES), _LIKELY | _JSON)},
    optional={"case_id": st.integers(0, 5), "base": st.integers(0, 5)},
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database for all examples."""
    found = Database(f"sqlite:///{tmp_path_factory.mktemp('fuzz') / 'x.db'}", 2)
    found.migrate()
    with found.write() as link:
        tallies.ensure(link, SITE)
    yield found
    found.close()


def _carry(database: Database, actor: Actor, item: Any) -> str:
    answer = commands.carry_out(
        database, SITE, actor, scope_of(actor, SITE), orjson.loads(orjson.dumps(item)), 1_773_190_800
    )
    orjson.dumps(answer.answer)
    return str(answer.answer["status"])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(item=_JSON)
def test_any_json(database: Database, item: Any) -> None:
    assert _carry(database, EVERYONE, item) == "rejected"


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(item=_ITEMS, handler=st.booleans())
def test_likely_commands(database: Database, item: dict[str, Any], handler: bool) -> None:
    whole = {"id": str(uuid.uuid4()), **item}
    first = _carry(database, HANDLER if handler else EVERYONE, whole)
    assert first in ("applied", "rejected", "conflict")
    again = _carry(database, HANDLER if handler else EVERYONE, whole)
    assert again == ("duplicate" if first == "applied" else first)


def test_every_reason_has_a_status() -> None:
    for reason in Reason:
        assert 400 <= commands._REASON_STATUS.get(reason, 422) < 500
