"""The page of everything that can be asked for. It is made from the OpenAPI description, and needs no other server.

The pages that FastAPI brings load their scripts from the network: they stay empty on a machine without one, and on a
machine with one they would run somebody else's scripts beside a person's photos.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape
from typing import Any

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

METHODS = ("get", "post", "put", "patch", "delete")

DEEPEST = 8
"""Levels of a made example: a schema may hold itself."""

PLAIN = {"string": "text", "integer": 1, "number": 0.5, "boolean": True, "object": {}}

STYLE = """
  body { font: 1rem/1.55 system-ui, sans-serif; max-width: 56rem; margin: 2rem auto; padding: 0 1.5rem; color: #3b2f25;
         background: #fbf7f0 }
  h1, h2 { font-family: Georgia, serif } h2 { margin-top: 2.5rem; text-transform: capitalize } a { color: #8a4b1f }
  code, pre { font: .9em/1.5 ui-monospace, monospace; background: #f1e9dc; border-radius: .3rem }
  code { padding: .1em .3em } pre { padding: .7rem 1rem; overflow-x: auto; max-height: 30rem }
  details { border-top: 1px solid #e3d7c5; padding: .5rem 0 } summary { cursor: pointer }
  summary b { display: inline-block; min-width: 4.5rem; font: bold .8em ui-monospace, monospace }
  table { border-collapse: collapse; width: 100% } td { border-top: 1px solid #e3d7c5; padding: .3rem .8rem .3rem 0;
         vertical-align: top } h4 { margin: 1rem 0 .3rem }
"""


def add_reference(app: FastAPI) -> None:
    """Serve it at /docs."""

    @cache
    def page() -> str:
        return reference(app.openapi())

    @app.get("/docs", include_in_schema=False, response_class=HTMLResponse)
    def docs() -> HTMLResponse:
        return HTMLResponse(page())


def reference(api: Mapping[str, Any]) -> str:
    """The page for an OpenAPI description."""
    about = api["info"]
    sections = "".join(_section(api, tag) for tag in api.get("tags", ()))
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(about['title'])}: what can be asked for</title>\n<style>{STYLE}</style>\n"
        f"<h1>{escape(about['title'])}</h1>\n{prose(about.get('description', ''))}\n"
        '<p><a href="/openapi.json">The same for programs</a>, as OpenAPI.</p>\n'
        f"{sections}"
    )


def _section(api: Mapping[str, Any], tag: Mapping[str, Any]) -> str:
    operations = [
        _operation(api, path, method, item[method])
        for path, item in api["paths"].items()
        for method in METHODS
        if method in item and tag["name"] in item[method].get("tags", ())
    ]
    if not operations:
        return ""
    return f"<h2>{escape(tag['name'])}</h2>\n{prose(tag.get('description', ''))}\n{''.join(operations)}"


def _operation(api: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]) -> str:
    parts = [prose(operation.get("description", ""))]
    if parameters := operation.get("parameters"):
        parts += ["<h4>Parameters</h4><table>", *map(_parameter, parameters), "</table>"]
    for type, content in operation.get("requestBody", {}).get("content", {}).items():
        parts += [f"<h4>Body: <code>{escape(type)}</code></h4>", *_examples(api, type, content)]
    for status, response in operation.get("responses", {}).items():
        contents = response.get("content", {}) if status.startswith("2") else {}
        types = ", ".join(f"<code>{escape(type)}</code>" for type in contents)
        parts.append(f"<h4>Answers {escape(status)}: {types}</h4>{prose(response.get('description', ''))}")
        for type, content in contents.items():
            parts += _examples(api, type, content)
    name = f"<b>{method.upper()}</b> <code>{escape(path)}</code> {escape(operation.get('summary', ''))}"
    return f"<details><summary>{name}</summary>\n{''.join(parts)}\n</details>\n"


def _parameter(parameter: Mapping[str, Any]) -> str:
    schema = parameter.get("schema", {})
    kind = schema.get("type") or " or ".join(each.get("type", "value") for each in schema.get("anyOf", ()))
    notes = [str(kind), "required" if parameter.get("required") else f"default {schema.get('default', 'none')}"]
    return (
        f"<tr><td><code>{escape(parameter['name'])}</code></td><td>{escape(', '.join(notes))}</td>"
        f"<td>{prose(parameter.get('description') or schema.get('description', ''))}</td></tr>"
    )


def _examples(api: Mapping[str, Any], type: str, content: Mapping[str, Any]) -> Iterator[str]:
    for example in found_examples(api, type, content):
        text = example if isinstance(example, str) else json.dumps(example, indent=1)
        yield f"<pre>{escape(text)}</pre>"


def found_examples(api: Mapping[str, Any], type: str, content: Mapping[str, Any]) -> Iterable[Any]:
    """The examples of a body: those that stand with it, else for JSON one made of its schema's."""
    if "example" in content:
        return [content["example"]]
    if named := content.get("examples"):
        return [each["value"] for each in named.values() if "value" in each]
    return [sample(api, content["schema"])] if content.get("schema") and type.endswith("json") else []


def sample(api: Mapping[str, Any], schema: Mapping[str, Any], depth: int = 0) -> Any:  # noqa: PLR0911 - one for each form
    """A value of the schema, of the examples that stand in it as far as there are any."""
    if "$ref" in schema:
        schema = api["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if examples := [*([schema["example"]] if "example" in schema else []), *schema.get("examples", [])]:
        return examples[0]
    if depth == DEEPEST:
        return None
    if choices := schema.get("anyOf", schema.get("oneOf")):
        return sample(api, choices[0], depth + 1)
    if "properties" in schema:
        return {name: sample(api, each, depth + 1) for name, each in schema["properties"].items()}
    if schema.get("type") == "array":
        return [sample(api, schema.get("items", {}), depth + 1)]
    if isinstance(more := schema.get("additionalProperties"), dict):
        return {"name": sample(api, more, depth + 1)}
    return schema.get("default", schema.get("const", [*schema.get("enum", ()), PLAIN.get(schema.get("type", ""))][0]))


def prose(text: str) -> str:
    """Paragraphs, lists, fenced and quoted code; everything else as it stands."""
    parts = re.split(r"^```\w*\n(.*?)^```$", text.strip(), flags=re.DOTALL | re.MULTILINE)
    return "".join(f"<pre>{escape(part)}</pre>" if odd % 2 else _paragraphs(part) for odd, part in enumerate(parts))


def _paragraphs(text: str) -> str:
    blocks = [block for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]
    return "".join(_block(block) for block in blocks)


def _block(block: str) -> str:
    if block.startswith("- "):
        items = re.split(r"^- ", block, flags=re.MULTILINE)[1:]
        return f"<ul>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</ul>"
    return f"<p>{_inline(block)}</p>"


def _inline(text: str) -> str:
    quoted = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text.strip(), quote=False))
    return re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", quoted)
