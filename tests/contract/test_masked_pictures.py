"""Pictures from outside leave the server as a mosaic, until somebody has said why; walls get none."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import pytest
from PIL import Image
from servers import Server
from sites import CITY, XINGONG

from commandscreen.domain.person import Role
from commandscreen.server import attachments, mosaic
from commandscreen.site.pictures import png

WHOLE = png("corridor", 3)
SHA = hashlib.sha256(WHOLE).hexdigest()


def put(client: Any, data: bytes = WHOLE) -> str:
    name = hashlib.sha256(data).hexdigest()
    client.http.put(f"{client.url}/v1/attachments/{name}", data=data, timeout=20).raise_for_status()
    return name


def got(client: Any, name: str = SHA) -> tuple[int, bytes, bool]:
    answer = client.get(f"/v1/attachments/{name}")
    return answer.status_code, answer.content, answer.headers.get("X-Masked") == "1"


def colours(data: bytes) -> int:
    with Image.open(io.BytesIO(data)) as image:
        assert max(image.size) == mosaic.SIDE
        block = image.crop((0, 0, mosaic.SIDE // mosaic.BLOCKS, mosaic.SIDE // mosaic.BLOCKS))
        assert len(block.getcolors()) == 1, "a block has one colour"
        return len(image.getcolors(1 << 24))


def test_a_picture_from_outside_is_a_mosaic_until_somebody_says_why(server: Server, people: Any) -> None:
    clerk, leader, other = people(Role.INTAKE), people(Role.SHIFT_LEADER), people(Role.DISPATCHER)
    put(clerk)
    clerk.report(photos=[SHA])
    status, data, masked = got(leader)
    assert (status, masked) == (200, True)
    assert colours(data) <= mosaic.BLOCKS**2
    assert WHOLE not in data
    assert got(clerk) == (200, WHOLE, False), "who handed it in has it anyway"
    assert clerk.get(f"/v1/attachments/{SHA}").headers["Cache-Control"] == "no-store"
    assert leader.post(f"/v1/attachments/{SHA}/looks", json={"reason": "核对车牌"}).status_code == 204
    assert got(leader) == (200, WHOLE, False)
    assert got(other)[2], "one person's reason is not another's"
    assert leader.get(f"/v1/attachments/{SHA}").headers["Cache-Control"] == "no-store"


def test_a_reason_holds_for_a_shift(server: Server, people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk, leader = people(Role.INTAKE), people(Role.SHIFT_LEADER)
    put(clerk)
    clerk.report(photos=[SHA])
    leader.post(f"/v1/attachments/{SHA}/looks", json={"reason": "核对车牌"})
    monkeypatch.setattr(attachments, "LOOK_SECONDS", -1)
    assert got(leader)[2]


def test_what_staff_took_on_the_spot_is_seen_whole(server: Server, people: Any) -> None:
    worker = people(Role.GRID_WORKER, XINGONG)
    put(worker)
    worker.report(photos=[SHA], source="grid_app")
    leader = people(Role.SHIFT_LEADER)
    assert got(leader) == (200, WHOLE, False)
    assert "immutable" in leader.get(f"/v1/attachments/{SHA}").headers["Cache-Control"]


def test_naming_somebody_else_s_picture_uncovers_nothing(server: Server, people: Any) -> None:
    clerk, worker = people(Role.INTAKE), people(Role.GRID_WORKER, XINGONG)
    put(clerk)
    clerk.report(photos=[SHA])
    assert worker.report(photos=[SHA], source="grid_app")["status"] == "applied"
    assert got(worker)[2]
    assert got(people(Role.SHIFT_LEADER))[2]


def test_a_wall_gets_no_picture(server: Server, people: Any) -> None:
    clerk = people(Role.INTAKE)
    put(clerk)
    clerk.report(photos=[SHA])
    assert got(people(Role.WALL, CITY))[0] == 404


@pytest.mark.parametrize("data", [b"\xff\xd8\xff\xe0 no picture", WHOLE[:300]])
def test_what_cannot_be_decoded_is_not_given_either(server: Server, people: Any, data: bytes) -> None:
    clerk = people(Role.INTAKE)
    name = put(clerk, data)
    clerk.report(photos=[name])
    assert got(people(Role.SHIFT_LEADER), name)[0] == 404


def test_a_picture_of_too_many_pixels_is_not_decoded(tmp_path: Any) -> None:
    bomb = tmp_path / "bomb.png"
    Image.new("1", (20_000, 20_000)).save(bomb)
    assert bomb.stat().st_size < 200_000
    with pytest.raises(mosaic.NoPicture, match="too many pixels"):
        mosaic.make(bomb, tmp_path / "out.png")
    assert not (tmp_path / "out.png").exists()
