"""The JSON Schema of a scenario file, made from the model and from nothing else."""

from __future__ import annotations

import json

from knowthyself_tui.domain.scenario import Scenario


def schema_text() -> str:
    """What `scenarios/schema.json` holds."""
    schema = Scenario.model_json_schema()
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Know Thyself scenario"}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
