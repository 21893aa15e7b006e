"""The demo city's accounts: passwords that anyone may know, since such a server listens on loopback only."""

from __future__ import annotations

import hashlib
from typing import Any

from ..domain.site import Site


def demo_password(account: str) -> str:
    """The password of a demo account: derived from its name, so that nothing has to be stored or hidden."""
    return "demo-" + hashlib.sha256(f"commandscreen demo {account}".encode()).hexdigest()[:10]


def demo_accounts(site: Site) -> list[dict[str, Any]]:
    """Every account of the demo site with its password, roles and area: what `site people --demo --json` prints."""
    return [
        {
            "account": person.account,
            "password": demo_password(person.account),
            "name": person.name,
            "post": person.post,
            "roles": sorted(role.value for role in person.roles),
            "area": person.area,
            "area_name": " ".join(d.name for d in site.path(person.area)[1:]) or site.city.name,
            "unit": person.unit,
        }
        for person in site.people
    ]
