"""What Terraform made: `terraform output -json` of `infra/terraform`, each output typed."""

from __future__ import annotations

import json
from typing import Any

from pydantic import Field, ValidationError

from portalis.core.settings import SettingsModel

REMEDY = "apply infra/terraform of this version, then: terraform output -json > outputs.json"


class OutputsError(Exception):
    """The outputs cannot be used; the text names the output."""


class Buckets(SettingsModel):
    """Names of buckets by what they hold."""

    models: str
    cache: str
    results: str


class Outputs(SettingsModel):
    """One field an output of `infra/terraform/outputs.tf`, of the same name and meaning."""

    region: str = Field(pattern=r"^[a-z]{2}(-[a-z]+)+-[0-9]$")
    environment: str = Field(min_length=1)
    cluster_name: str = Field(pattern=r"^[a-z][a-z0-9-]*[a-z0-9]$")
    instance_types: tuple[str, ...] = Field(min_length=1)
    vpc_id: str = Field(pattern=r"^vpc-")
    public_subnet_ids: tuple[str, ...]
    private_subnet_ids: tuple[str, ...] = Field(min_length=1)
    ray_head_security_group_id: str = Field(pattern=r"^sg-")
    ray_worker_security_group_id: str = Field(pattern=r"^sg-")
    redis_security_group_id: str = Field(pattern=r"^sg-")
    s3_buckets: Buckets
    redis_endpoint: str
    redis_secret_arn: str
    head_instance_profile: str = Field(min_length=1)
    worker_instance_profile: str = Field(min_length=1)


def parse(text: str, source: str) -> Outputs:
    """source: of the text, for errors. Raises OutputsError."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise OutputsError(f"{source}: no JSON: {error}; {REMEDY}") from error
    if not isinstance(found, dict) or not found:
        raise OutputsError(f"{source}: no outputs; {REMEDY}")
    try:
        return Outputs.model_validate({name: _value(one) for name, one in found.items()})
    except ValidationError as error:
        # A misspelt name is missing, too: what is there and unknown says more.
        first = max(error.errors(), key=lambda each: each["type"] == "extra_forbidden")
        raise OutputsError(f"{source}: {_why(first)}; {REMEDY}") from error


def _value(output: object) -> object:
    """Of one output as Terraform writes it; of what it does not write, itself."""
    return output.get("value") if isinstance(output, dict) else output


def _why(error: Any) -> str:  # noqa: ANN401 - pydantic's
    name = ".".join(str(part) for part in error["loc"])
    if error["type"] == "missing":
        return f"output `{name}` is missing"
    if error["type"] == "extra_forbidden":
        known = ", ".join(Outputs.model_fields)
        return f"output `{name}` is not known; there are: {known}"
    return f"output `{name}`: {error['msg']}"
