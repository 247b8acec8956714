"""The cluster file in Ray's hands: its own AWS provider starts, tags and ends nodes by it, in a
stand-in of AWS."""

from __future__ import annotations

import copy
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portalis.app.cluster import outputs, render
from portalis.cost.shipped import shipped
from tests.infra.test_cluster import MADE, TERRAFORM, as_terraform

# None of them has types for what is used here.
boto3: Any = importlib.import_module("boto3")
botocore_client: Any = importlib.import_module("botocore.client")
moto: Any = importlib.import_module("moto")
ray_config: Any = importlib.import_module("ray.autoscaler._private.aws.config")
ray_provider: Any = importlib.import_module("ray.autoscaler._private.aws.node_provider")
ray_util: Any = importlib.import_module("ray.autoscaler._private.util")


@pytest.fixture
def aws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client of EC2's stand-in. Ray leaves a key in the user's folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "none")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with moto.mock_aws():
        iam = boto3.client("iam")
        for node in ("head", "worker"):
            name = f"portalis-prod-{node}"
            iam.create_role(RoleName=name, AssumeRolePolicyDocument="{}")
            iam.create_instance_profile(InstanceProfileName=name)
            iam.add_role_to_instance_profile(InstanceProfileName=name, RoleName=name)
        yield boto3.client("ec2")


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of what was asked of AWS."""
    client_type = botocore_client.BaseClient
    asked: list[str] = []
    ask = client_type._make_api_call

    def noted(client: Any, name: str, given: Any) -> Any:  # noqa: ANN401 - botocore's
        asked.append(name)
        return ask(client, name, given)

    monkeypatch.setattr(client_type, "_make_api_call", noted)
    return asked


def _network(aws: Any) -> dict[str, Any]:  # noqa: ANN401 - boto3's
    """What Terraform would have made, as outputs."""
    vpc = aws.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    zones = ("us-east-1a", "us-east-1b")
    subnets = [
        aws.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{place}.0/24", AvailabilityZone=zone)
        for place, zone in enumerate(zones)
    ]
    groups = {
        node: aws.create_security_group(VpcId=vpc, GroupName=node, Description=node)["GroupId"]
        for node in ("head", "worker")
    }
    return {
        "vpc_id": vpc,
        "private_subnet_ids": [each["Subnet"]["SubnetId"] for each in subnets],
        **{f"ray_{node}_security_group_id": group for node, group in groups.items()},
    }


def _allowed() -> set[str]:
    """What the head's role lets it ask of EC2."""
    text = (TERRAFORM / "modules/access/main.tf").read_text("utf-8")
    return {
        name
        for actions in re.findall(r"Action\s+= \[(.*)\]", text)
        for name in re.findall(r'"ec2:(\w+)"', actions)
    }


def test_nodes_that_ray_starts(aws: Any, calls: list[str]) -> None:  # noqa: ANN401 - boto3's
    made = {**MADE, **_network(aws)}
    catalog = shipped()
    shape = render.Shape(
        head=catalog.instance("c7i.large"),
        worker=catalog.instance("dgxa100.80g"),
        image=aws.describe_images(Owners=["099720109477"])["Images"][0]["ImageId"],
    )
    found = render.document(outputs.parse(as_terraform(made), "outputs.json"), shape)
    groups = len(aws.describe_security_groups()["SecurityGroups"])

    # As `ray up` does, with the rights of who runs it: it adds a key, and nothing else.
    calls.clear()
    config = ray_config.bootstrap_aws(ray_util.prepare_config(copy.deepcopy(found)))
    assert {name for name in calls if not re.match("Describe|Get|List", name)} == {"CreateKeyPair"}
    assert len(aws.describe_security_groups()["SecurityGroups"]) == groups

    # As the autoscaler on the head does, with the head's rights.
    calls.clear()
    provider = ray_provider.AWSNodeProvider(config["provider"], config["cluster_name"])
    for market in render.WORKERS:
        node = copy.deepcopy(config["available_node_types"][market]["node_config"])
        tags = {"ray-node-type": "worker", "ray-user-node-type": market}
        provider.create_node(node, tags, 1)
    started = provider.non_terminated_nodes({"ray-node-type": "worker"})
    assert len(started) == len(render.WORKERS)
    for each in started:
        provider.set_node_tags(each, {"ray-node-status": "up-to-date"})
        assert provider.internal_ip(each).startswith("10.0.")
    asked = set(calls)
    seen = [
        instance
        for each in aws.describe_instances()["Reservations"]
        for instance in each["Instances"]
    ]
    calls.clear()
    provider.terminate_nodes(started)
    asked |= set(calls)
    assert asked <= _allowed()
    assert provider.non_terminated_nodes({}) == []

    assert {each.get("InstanceLifecycle") for each in seen} == {None, "spot"}
    for each in seen:
        assert each["InstanceType"] == "p4de.24xlarge"
        assert each["MetadataOptions"]["HttpTokens"] == "required"
        assert each["SubnetId"] in made["private_subnet_ids"]
        assert each["IamInstanceProfile"]["Arn"].endswith("/portalis-prod-worker")
        groups_of = [group["GroupId"] for group in each["SecurityGroups"]]
        assert groups_of == [made["ray_worker_security_group_id"]]
        tags = {tag["Key"]: tag["Value"] for tag in each["Tags"]}
        assert (tags["ray-cluster-name"], tags["environment"]) == ("portalis-prod", "prod")
