"""The wire in OpenAPI's words. Bodies are checked by the code that reads them; this only describes them."""

from __future__ import annotations

from typing import Any

from ..protocol.problem import MEDIA_TYPE, ProblemType
from ..protocol.version import COMMANDS_MAX

BYTES = "application/octet-stream"
_TEXT: dict[str, Any] = {"type": "string"}
_WHOLE: dict[str, Any] = {"type": "integer", "format": "int64"}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
_ROW: dict[str, Any] = {"type": ["array", "null"], "items": {"type": ["integer", "string"]},
                        "description": "values in the protocol's column order"}  # fmt: skip


def describe(summary: str, answer: str, media: str = "application/json", body: str = "") -> dict[str, Any]:
    """What a route's decorator is told: the answer's schema, the body's, and that errors are problem documents."""
    schema = _BINARY if media != "application/json" else {"$ref": f"#/components/schemas/{answer}"}
    good: dict[str, Any] = {"description": summary}
    if answer != "Nothing":
        good["content"] = {media: {"schema": schema}}
    extra: dict[str, Any] = {
        "responses": {
            "2XX": good,
            "default": {
                "description": "A problem document (RFC 9457)",
                "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        },
        "security": [{"token": []}],
    }
    if body:
        wanted = _BINARY if body == BYTES else {"$ref": f"#/components/schemas/{body}"}
        kind = BYTES if body == BYTES else "application/json"
        extra["requestBody"] = {"required": True, "content": {kind: {"schema": wanted}}}
    if summary in _QUERY:
        extra["parameters"] = [
            {"name": name, "in": "query", "required": False, "schema": schema}
            for name, schema in _QUERY[summary].items()
        ]
    return {"summary": summary, "openapi_extra": extra}


_BINARY: dict[str, Any] = {"type": "string", "format": "binary"}
_QUERY: dict[str, dict[str, Any]] = {
    "A page of the change feed": {
        "cursor": {"type": "integer", "minimum": 0}, "limit": {"type": "integer", "minimum": 1, "maximum": 500},
        "wait": {"type": "integer", "minimum": 0, "maximum": 25}, "epoch": _TEXT, "scope_id": _TEXT,
    },
}  # fmt: skip


def _object(required: str = "", **fields: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "object", "properties": fields}
    if required:
        made["required"] = required.split()
    return made


def components() -> dict[str, Any]:
    """Every schema the calls name."""
    person = _object(
        "account name roles area", account=_TEXT, name=_TEXT, post=_TEXT, roles=_TEXTS, area=_WHOLE, unit=_WHOLE
    )
    scope = _object("buckets scope_id", buckets=_TEXTS, scope_id=_TEXT)
    command = _object("id kind args", id={"type": "string", "format": "uuid"}, kind=_TEXT, case_id=_WHOLE, base=_WHOLE,
                      args={"type": "object"}, client_time=_WHOLE)  # fmt: skip
    problem = _object("type status", type=_TEXT, title=_TEXT, status={"type": "integer"}, detail=_TEXT)
    problem["description"] = "type is urn:commandscreen:problem: and one of " + ", ".join(t.value for t in ProblemType)
    result = _object(
        "id status seq ver case_id row problem", id=_TEXT, seq=_WHOLE, ver=_WHOLE, case_id=_WHOLE, row=_ROW,
        status={"enum": ["applied", "duplicate", "conflict", "rejected", "retry"]},
        problem={"oneOf": [{"$ref": "#/components/schemas/Problem"}, {"type": "null"}]},
    )  # fmt: skip
    item = _object("seq t id op ver row", seq=_WHOLE, t={"enum": ["case", "tally"]}, id=_WHOLE,
                   op={"enum": ["put", "del"]}, ver=_WHOLE, row=_ROW)  # fmt: skip
    site = _object(name=_TEXT, version=_TEXT, sha256=_TEXT, bytes=_WHOLE, demo={"type": "boolean"})
    schemas: dict[str, Any] = {
        "Problem": problem,
        "Meta": _object("epoch floor", epoch=_TEXT, floor=_WHOLE, head=_WHOLE, schema=_WHOLE, schema_oldest=_WHOLE,
                        server_time={"type": "number"}, site=site, demo={"type": "boolean"}),
        "Scope": scope,
        "Page": _object("epoch scope_id items cursor more server_time", epoch=_TEXT, scope_id=_TEXT,
                        items={"type": "array", "items": item}, cursor=_WHOLE, more={"type": "boolean"},
                        server_time={"type": "number"}, digest={"type": "object"}),
        "Command": command,
        "Commands": {"type": "array", "items": {"$ref": "#/components/schemas/Command"}, "minItems": 1,
                     "maxItems": COMMANDS_MAX},
        "Result": result,
        "Results": {"type": "array", "items": {"$ref": "#/components/schemas/Result"}},
        "SignIn": _object("account password", account=_TEXT, password=_TEXT, device=_TEXT),
        "Session": _object("token expires_at person scope epoch", token=_TEXT, expires_at=_WHOLE, person=person,
                           scope=scope, epoch=_TEXT, must_change={"type": "boolean"}, server_time={"type": "number"}),
        "NewPassword": _object("old new", old=_TEXT, new=_TEXT),
        "Setup": _object("code account password", code=_TEXT, account=_TEXT, password=_TEXT, name=_TEXT),
        "Made": _object("account", account=_TEXT),
        "People": _object(people={"type": "array", "items": person}, from_site={"type": "boolean"}),
        "Passwords": _object("made", made={"type": "array", "items": {"type": "object"}}),
        "Look": _object("reason", reason={"type": "string", "minLength": 1, "maxLength": 200}),
        "Caller": _object("phone", phone=_TEXT),
        "Callers": _object("count cases", count=_WHOLE, cases={"type": "array", "items": _WHOLE}),
        "Kept": _object("sha256 media size", sha256=_TEXT, media=_TEXT, size=_WHOLE),
    }  # fmt: skip
    return {"schemas": schemas, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}}
