"""Accounts that an administrator adds: none of them is the server itself."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from sites import SHAHE, tiny_site

from commandscreen.domain.person import POSTS, Role
from commandscreen.server.identity import parse_person
from commandscreen.server.problems import Refused


@pytest.mark.parametrize("roles", [["system"], ["intake", "system"]])
def test_nobody_gets_the_servers_role(roles: list[str]) -> None:
    with pytest.raises(Refused):
        parse_person({"account": "a", "name": "甲", "roles": roles, "area": SHAHE}, tiny_site())


def test_every_post_may_be_held() -> None:
    for role in POSTS:
        made = parse_person({"account": "a", "name": "甲", "roles": [role.value], "area": SHAHE}, tiny_site())
        assert made.roles == {role} and Role.SYSTEM not in made.roles
