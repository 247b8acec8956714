"""Terraform's modules made and taken away again, all of them, in an emulator of AWS: moto's server
with what it lacks of ElastiCache and Budgets (`tests/infra/emulator.py`)."""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portalis.app.cluster import outputs
from portalis.app.stack import servers
from portalis.app.stack.servers import HOST, Server, free_port
from tests.infra.terraform import copied, initialised, run
from tests.infra.test_cluster import MADE, as_terraform

# It has no types for what is used here.
boto3: Any = importlib.import_module("boto3")

EMULATOR = Path(__file__).with_name("emulator.py")
ACCOUNT = "123456789012"
NAME = MADE["cluster_name"]
MAIL = "ops@example.org"
GIVEN = ("-no-color", "-input=false", "-var=environment=prod", f'-var=alert_emails=["{MAIL}"]')
SERVICES = "budgets ec2 elasticache iam kms logs s3 secretsmanager sts".split()
OVERRIDE = """\
terraform {{
  backend "local" {{}}
}}

provider "aws" {{
  access_key                  = "key"
  secret_key                  = "secret"
  max_retries                 = 2
  s3_use_path_style           = true
  skip_credentials_validation = true
  skip_metadata_api_check     = true

  endpoints {{
    {endpoints}
  }}
}}
"""


@pytest.fixture
def aws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The emulator's address."""
    port = free_port()
    # The roles take policies of AWS by name.
    monkeypatch.setenv("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    server = Server(
        name="aws",
        command=(sys.executable, str(EMULATOR), "-H", HOST, "-p", str(port)),
        folder=tmp_path / "aws",
        port=port,
        url=f"http://{HOST}:{port}",
    )
    with servers.running(server):
        yield server.url


def asked(aws: str, service: str) -> Any:  # noqa: ANN401 - boto3's
    return boto3.client(service, endpoint_url=aws, region_name="us-east-1")


@pytest.mark.slow
def test_all_is_made_as_it_is_said_and_nothing_is_left(aws: str, tmp_path: Path) -> None:
    copied(tmp_path)
    endpoints = "\n    ".join(f'{each} = "{aws}"' for each in SERVICES)
    override = tmp_path / "terraform/emulator_override.tf"
    override.write_text(OVERRIDE.format(endpoints=endpoints))
    initialised(tmp_path)
    assert ran_well(tmp_path, "apply", "-auto-approve", *GIVEN)

    told = json.loads(ran_well(tmp_path, "output", "-json"))
    values = {name: each["value"] for name, each in told.items()}
    # What the cluster file is made of.
    found = outputs.parse(as_terraform(values), "outputs.json")
    assert set(values) == set(MADE)
    check_network(asked(aws, "ec2"), found)
    check_buckets(asked(aws, "s3"), found)
    check_roles(asked(aws, "iam"), found)
    check_secrets(aws, found)
    check_redis(aws, found)
    check_budget(asked(aws, "budgets"))
    check_settled(tmp_path)

    assert ran_well(tmp_path, "destroy", "-auto-approve", *GIVEN)
    check_gone(aws)


def ran_well(folder: Path, *arguments: str) -> str:
    ran = run(folder, *arguments)
    assert ran.returncode == 0, ran.stdout[-2_000:] + ran.stderr
    return ran.stdout


def check_network(ec2: Any, found: outputs.Outputs) -> None:  # noqa: ANN401 - boto3's
    here = [{"Name": "vpc-id", "Values": [found.vpc_id]}]
    subnets = {each["SubnetId"]: each for each in ec2.describe_subnets(Filters=here)["Subnets"]}
    assert set(subnets) == {*found.public_subnet_ids, *found.private_subnet_ids}
    assert len({each["AvailabilityZone"] for each in subnets.values()}) == 3
    assert not any(each["MapPublicIpOnLaunch"] for each in subnets.values())
    out = {}
    for table in ec2.describe_route_tables(Filters=here)["RouteTables"]:
        ways = [r for r in table["Routes"] if r.get("DestinationCidrBlock") == "0.0.0.0/0"]
        for joined in table["Associations"]:
            if "SubnetId" in joined:
                out[joined["SubnetId"]] = ways
    nats = {each["NatGatewayId"] for each in ec2.describe_nat_gateways()["NatGateways"]}
    assert len(nats) == 3
    assert all("igw-" in out[each][0]["GatewayId"] for each in found.public_subnet_ids)
    assert {out[each][0]["NatGatewayId"] for each in found.private_subnet_ids} == nats

    groups = ec2.describe_security_groups(Filters=here)["SecurityGroups"]
    assert len(groups) == 4
    for group in groups:
        # From no address, only from groups of the cluster.
        assert not any(rule["IpRanges"] for rule in group["IpPermissions"])
        if group["GroupName"] == "default":
            assert group["IpPermissions"] == group["IpPermissionsEgress"] == []
    into_redis = next(g for g in groups if g["GroupId"] == found.redis_security_group_id)
    nodes = {found.ray_head_security_group_id, found.ray_worker_security_group_id}
    assert {rule["FromPort"] for rule in into_redis["IpPermissions"]} == {6379}
    pairs = [pair for rule in into_redis["IpPermissions"] for pair in rule["UserIdGroupPairs"]]
    assert {pair["GroupId"] for pair in pairs} == nodes
    assert ec2.describe_flow_logs()["FlowLogs"][0]["TrafficType"] == "REJECT"


def check_buckets(s3: Any, found: outputs.Outputs) -> None:  # noqa: ANN401 - boto3's
    names = found.s3_buckets.model_dump()
    assert {each["Name"] for each in s3.list_buckets()["Buckets"]} == set(names.values())
    for held, name in names.items():
        assert name == f"{NAME}-{held}-{ACCOUNT}"
        assert s3.get_bucket_versioning(Bucket=name)["Status"] == "Enabled"
        rules = s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"]
        assert rules[0]["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "aws:kms"
        closed = s3.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"]
        assert set(closed.values()) == {True}
        policy = json.loads(s3.get_bucket_policy(Bucket=name)["Policy"])["Statement"][0]
        assert (policy["Effect"], policy["Principal"]) == ("Deny", "*")
        assert policy["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
        ages = s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"][0]
        assert ages["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}
        assert ("Expiration" in ages) == (held == "cache")


def check_roles(iam: Any, found: outputs.Outputs) -> None:  # noqa: ANN401 - boto3's
    allowed = {}
    for profile in (found.head_instance_profile, found.worker_instance_profile):
        roles = iam.get_instance_profile(InstanceProfileName=profile)["InstanceProfile"]["Roles"]
        (role,) = (each["RoleName"] for each in roles)
        statements = [
            statement
            for name in iam.list_role_policies(RoleName=role)["PolicyNames"]
            for statement in iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"][
                "Statement"
            ]
        ]
        allowed[profile] = {action for each in statements for action in each["Action"]}
        assert all("*" not in action for action in allowed[profile])
        attached = iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]
        assert [each["PolicyName"] for each in attached] == ["AmazonSSMManagedInstanceCore"]
    head, worker = allowed[found.head_instance_profile], allowed[found.worker_instance_profile]
    assert "ec2:RunInstances" in head
    assert not any(action.startswith(("ec2:", "iam:")) for action in worker)


def check_secrets(aws: str, found: outputs.Outputs) -> None:
    secret = asked(aws, "secretsmanager").get_secret_value(SecretId=found.redis_secret_arn)
    assert re.fullmatch(r"\w{64}", secret["SecretString"])
    kms = asked(aws, "kms")
    keys = [kms.describe_key(KeyId=each["KeyId"]) for each in kms.list_keys()["Keys"]]
    own = [each["KeyMetadata"] for each in keys if NAME in each["KeyMetadata"]["Description"]]
    assert [kms.get_key_rotation_status(KeyId=each["KeyId"])["KeyRotationEnabled"] for each in own]


def check_redis(aws: str, found: outputs.Outputs) -> None:
    redis = asked(aws, "elasticache")
    (group,) = redis.describe_replication_groups()["ReplicationGroups"]
    assert group["MemberClusters"] == [f"{NAME}-00{number}" for number in (1, 2, 3)]
    assert (group["MultiAZ"], group["AutomaticFailover"]) == ("enabled", "enabled")
    assert group["TransitEncryptionEnabled"]
    assert group["AtRestEncryptionEnabled"]
    assert group["AuthTokenEnabled"]
    assert group["SnapshotRetentionLimit"] > 0
    members = group["NodeGroups"][0]["NodeGroupMembers"]
    assert [each["CurrentRole"] for each in members] == ["primary", "replica", "replica"]
    assert found.redis_endpoint.startswith(group["NodeGroups"][0]["PrimaryEndpoint"]["Address"])
    (member, *_) = redis.describe_cache_clusters()["CacheClusters"]
    assert member["SecurityGroups"][0]["SecurityGroupId"] == found.redis_security_group_id
    (subnets,) = redis.describe_cache_subnet_groups()["CacheSubnetGroups"]
    inside = {each["SubnetIdentifier"] for each in subnets["Subnets"]}
    assert inside == set(found.private_subnet_ids)
    parameters = redis.describe_cache_parameters(CacheParameterGroupName=NAME)["Parameters"]
    assert {each["ParameterName"]: each["ParameterValue"] for each in parameters} == {
        "maxmemory-policy": "allkeys-lru"
    }


def check_budget(budgets: Any) -> None:  # noqa: ANN401 - boto3's
    (budget,) = budgets.describe_budgets(AccountId=ACCOUNT)["Budgets"]
    assert (budget["BudgetType"], budget["TimeUnit"]) == ("COST", "MONTHLY")
    assert float(budget["BudgetLimit"]["Amount"]) == 5_000
    assert budget["CostFilters"] == {"TagKeyValue": ["user:environment$prod"]}
    named = {"AccountId": ACCOUNT, "BudgetName": budget["BudgetName"]}
    told = budgets.describe_notifications_for_budget(**named)["Notifications"]
    assert sorted(each["Threshold"] for each in told) == [80, 100]
    for each in told:
        who = budgets.describe_subscribers_for_notification(**named, Notification=each)
        assert [one["Address"] for one in who["Subscribers"]] == [MAIL]


def check_settled(folder: Path) -> None:
    """What was made is what is wanted; moto forgets only what rules between groups are for."""
    plan = ("plan", "-out=again", *GIVEN)
    assert ran_well(folder, *plan)
    changed = json.loads(ran_well(folder, "show", "-json", "again"))["resource_changes"]
    for each in changed:
        change = each["change"]
        if change["actions"] == ["update"]:
            before, after = change["before"], change["after"]
            differs = {name for name in after if after[name] != before.get(name)}
            assert differs == {"description"}, each["address"]
            assert each["type"].startswith("aws_vpc_security_group_")
        else:
            assert change["actions"] in (["no-op"], ["read"]), each["address"]


def check_gone(aws: str) -> None:
    ec2, iam, kms = (asked(aws, name) for name in ("ec2", "iam", "kms"))
    assert all(each["IsDefault"] for each in ec2.describe_vpcs()["Vpcs"])
    assert ec2.describe_addresses()["Addresses"] == []
    gateways = ec2.describe_nat_gateways()["NatGateways"]
    assert all(each["State"] == "deleted" for each in gateways)
    assert ec2.describe_flow_logs()["FlowLogs"] == []
    assert asked(aws, "s3").list_buckets()["Buckets"] == []
    assert iam.list_roles()["Roles"] == []
    assert iam.list_instance_profiles()["InstanceProfiles"] == []
    redis = asked(aws, "elasticache")
    assert redis.describe_replication_groups()["ReplicationGroups"] == []
    assert redis.describe_cache_clusters()["CacheClusters"] == []
    assert redis.describe_cache_subnet_groups()["CacheSubnetGroups"] == []
    assert asked(aws, "budgets").describe_budgets(AccountId=ACCOUNT)["Budgets"] == []
    assert asked(aws, "secretsmanager").list_secrets()["SecretList"] == []
    assert asked(aws, "logs").describe_log_groups()["logGroups"] == []
    # A key is not taken away at once: what it encrypted could never be read again.
    for each in kms.list_keys()["Keys"]:
        found = kms.describe_key(KeyId=each["KeyId"])["KeyMetadata"]
        assert found["KeyState"] == "PendingDeletion" or NAME not in found["Description"]
