"""Reading a business system's OpenAPI document (3.0 or 3.1, JSON or YAML): each operation becomes the offer of a typed skill.

Source: OpenAPI Specification 3.1.0, sections 4.8.10 (Operation Object), 4.8.12 (Parameter Object) and 4.8.24 (Schema Object).
"""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import yaml
from msgspec import Struct

from tandem.assistant.skills.connected import Binding, Offer, Where
from tandem.assistant.skills.port import Kind, Option, Parameter, Skill, Title

LARGEST = 4_000_000
MOST_OPERATIONS = 500
_METHODS = ("get", "post", "put", "patch", "delete")
_DEEPEST = 16
_KINDS: dict[str, Kind] = {"string": "text", "integer": "integer", "number": "number", "boolean": "boolean"}
_OURS = ("authorization", "host", "content-type", "content-length", "accept", "accept-language", "cookie")
_NOT_A_NAME = re.compile(r"[^A-Za-z0-9_.-]+")
_MOST_PARAMETERS = 40


class Unreadable(Exception):
    """The document cannot be used. The message says why, and where."""


class Described(Struct, frozen=True):
    title: str
    server: str
    offers: dict[str, Offer]


def read(text: str, url: str = "") -> Described:
    """`url`: where the document came from, against which a relative server address is read. Raises `Unreadable`."""
    document = _parsed(text)
    if not str(document.get("openapi", "")).startswith("3."):
        raise Unreadable("this is no OpenAPI 3 document: it has no `openapi: 3.…`")
    paths = document.get("paths")
    if not isinstance(paths, dict):
        raise Unreadable("the document has no `paths`")
    offers: dict[str, Offer] = {}
    for path, method, item, operation in _operations(paths):
        name = _name(operation, method, path)
        offers[name] = _offer(document, name, method, path, item, operation)
        if len(offers) > MOST_OPERATIONS:
            raise Unreadable(f"more than {MOST_OPERATIONS} operations")
    if not offers:
        raise Unreadable("the document has no operations")
    info = document.get("info")
    title = str(info.get("title", "")) if isinstance(info, dict) else ""
    return Described(title[:80], _server(document, url), offers)


def _parsed(text: str) -> dict[str, Any]:
    if len(text) > LARGEST:
        raise Unreadable(f"larger than {LARGEST // 1_000_000} MB")
    try:
        document = json.loads(text) if text.lstrip().startswith("{") else yaml.safe_load(text)
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        raise Unreadable(f"neither JSON nor YAML: {str(error)[:200]}") from None
    if not isinstance(document, dict):
        raise Unreadable("neither JSON nor YAML with an object at the top")
    return document


def _operations(paths: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    for path, item in paths.items():
        if isinstance(item, dict) and str(path).startswith("/"):
            for method in _METHODS:
                if isinstance(item.get(method), dict):
                    yield str(path), method, item, item[method]


def _server(document: dict[str, Any], url: str) -> str:
    servers = document.get("servers")
    first = servers[0].get("url", "/") if isinstance(servers, list) and servers and isinstance(servers[0], dict) else "/"
    address = urljoin(url, str(first)) if url else str(first)
    return address.rstrip("/") if urlsplit(address).scheme in ("http", "https") else ""


def _name(operation: dict[str, Any], method: str, path: str) -> str:
    return _NOT_A_NAME.sub("_", str(operation.get("operationId") or f"{method}_{path}")).strip("_")[:80]


def _offer(document: dict[str, Any], name: str, method: str, path: str, item: dict[str, Any], operation: dict[str, Any]) -> Offer:
    slots: dict[str, Parameter] = {}
    places: dict[str, Where] = {}
    key_header, unusable = "", ""
    for described in [*_list(item.get("parameters")), *_list(operation.get("parameters"))]:
        parameter = _resolved(document, described)
        where, its_name = _place(parameter), str(parameter.get("name", ""))
        if where == "header" and its_name.lower() == "idempotency-key":
            key_header = its_name
        elif where and its_name and its_name.lower() not in _OURS:
            required = where == "path" or parameter.get("required") is True
            slot, problem = _slot(document, its_name, parameter, parameter.get("schema"), required=required)
            unusable = unusable or problem
            if slot:
                slots[its_name], places[its_name] = slot, where
    fields, problem = _body(document, operation)
    for field in fields:
        if field.name not in places:
            slots[field.name], places[field.name] = field, "body"
    unusable = unusable or problem or (f"more than {_MOST_PARAMETERS} parameters" if len(slots) > _MOST_PARAMETERS else "")
    writes = method != "get"
    summary = str(operation.get("summary") or name)[:80]
    skill = Skill(
        name, Title(summary, summary), tuple(slots.values())[:_MOST_PARAMETERS], str(operation.get("description") or "")[:500],
        writes=writes, confirm=writes, repeatable=bool(key_header), seconds=5.0,
    )  # fmt: skip
    return Offer(skill, Binding(method.upper(), path, places, key_header), unusable=unusable)


def _place(parameter: dict[str, Any]) -> Where | None:
    where = parameter.get("in")
    return where if where in ("path", "query", "header") else None


def _body(document: dict[str, Any], operation: dict[str, Any]) -> tuple[list[Parameter], str]:
    body = _resolved(document, operation.get("requestBody"))
    content = body.get("content")
    if not isinstance(content, dict) or not content:
        return [], ""
    media = content.get("application/json")
    if not isinstance(media, dict):
        return [], "its body is not JSON" if body.get("required") else ""
    schema = _resolved(document, media.get("schema"))
    if not isinstance(schema.get("properties"), dict):
        return [], "its body is not an object with named fields" if body.get("required") else ""
    return _fields(document, schema)


def offer_of_schema(name: str, title: str, description: str, schema: dict[str, Any], *, writes: bool) -> Offer:
    """The offer of an operation that takes one JSON object of this schema (JSON Schema 2020-12). Raises `Unreadable`."""
    slots, problem = _fields(schema, schema)
    skill = Skill(name, Title(title[:80], title[:80]), tuple(slots), description[:500], writes=writes, confirm=writes, seconds=10.0)
    return Offer(skill, unusable=problem)


def _fields(document: dict[str, Any], schema: dict[str, Any]) -> tuple[list[Parameter], str]:
    required = {str(it) for it in _list(schema.get("required"))}
    properties = schema.get("properties")
    found: list[Parameter] = []
    for name, inner in list(properties.items() if isinstance(properties, dict) else ())[:_MOST_PARAMETERS]:
        slot, problem = _slot(document, str(name), _resolved(document, inner), inner, required=name in required)
        if problem:
            return [], problem
        if slot:
            found.append(slot)
    return found, ""


def _slot(
    document: dict[str, Any], name: str, described: dict[str, Any], schema: Any, *, required: bool
) -> tuple[Parameter | None, str]:
    """The parameter; or None, and a reason when it is needed and cannot be asked for."""
    shape = _one_of(document, _resolved(document, schema))
    kind = _kind(shape)
    if kind is None:
        return None, f"it needs {name!r}, which is not a single value" if required else ""
    title = str(described.get("title") or name)[:60]
    help_text = str(described.get("description") or shape.get("description") or title)[:300]
    options = tuple(Option(str(it), Title(str(it), str(it))) for it in _list(shape.get("enum"))[:20] if it is not None)
    pattern = str(shape.get("pattern", ""))
    return Parameter(
        name, Title(title, title), kind="choice" if options else kind, required=required, ask=Title(help_text, help_text), options=options,
        pattern=pattern if _harmless(pattern) else "", shortest=max(1, _int(shape.get("minLength"), 1)),
        longest=max(1, min(2000, _int(shape.get("maxLength"), 200))), least=_float(shape.get("minimum")), most=_float(shape.get("maximum")),
    ), ""  # fmt: skip


def _kind(shape: dict[str, Any]) -> Kind | None:
    declared = shape.get("type")
    names = [it for it in (declared if isinstance(declared, list) else [declared]) if it != "null"]
    if shape.get("format") == "date" and names == ["string"]:
        return "date"
    if not names or names == [None]:
        return "text" if shape.get("enum") else None
    return _KINDS.get(str(names[0])) if len(names) == 1 else None


def _one_of(document: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    """Of "this or null" the this."""
    for name in ("oneOf", "anyOf", "allOf"):
        inner = [it for it in (_resolved(document, it) for it in _list(shape.get(name))) if it.get("type") != "null"]
        if len(inner) == 1:
            return inner[0] | {key: value for key, value in shape.items() if key != name}
    return shape


def _resolved(document: dict[str, Any], value: Any) -> dict[str, Any]:
    """Follows `$ref` within the document. Raises `Unreadable` for one that leads elsewhere or in a circle."""
    for _ in range(_DEEPEST):
        if not isinstance(value, dict):
            return {}
        if "$ref" not in value:
            return value
        value = _at(document, str(value["$ref"]))
    raise Unreadable("a `$ref` leads in a circle")


def _at(document: dict[str, Any], reference: str) -> Any:
    if not reference.startswith("#/"):
        raise Unreadable(f"`$ref` to another document: {reference[:100]}")
    here: Any = document
    for part in reference[2:].split("/"):
        name = part.replace("~1", "/").replace("~0", "~")
        if not isinstance(here, dict) or name not in here:
            raise Unreadable(f"`$ref` to nothing: {reference[:100]}")
        here = here[name]
    return here


def _harmless(pattern: str) -> bool:
    """Patterns of others are only used where they cannot run for ever: whole values, no groups, one open-ended repetition."""
    open_ended = re.findall(r"(?<!\\)[*+]|\{\d*,\}", pattern)
    if not (pattern.startswith("^") and pattern.endswith("$")) or len(pattern) > 100 or "(" in pattern or len(open_ended) > 1:
        return False
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _int(value: Any, otherwise: int) -> int:
    return value if isinstance(value, int) else otherwise


def _float(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
