"""Ray's cluster file and the verbs about it. No cluster is made: `ray` is a stand-in that keeps
what it was called with."""

from __future__ import annotations

import copy
import json
import os
import re
import stat
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from portalis.app.cli.main import app
from portalis.app.cluster import outputs, plan, render, schema
from portalis.cost.shipped import shipped
from tests.contracts.conftest import needs_ray

TERRAFORM = Path(__file__).parents[2] / "infra/terraform"
MADE: Mapping[str, Any] = {
    "region": "us-east-1",
    "environment": "prod",
    "cluster_name": "portalis-prod",
    "instance_types": ["c7i.large", "p4d.24xlarge", "p4de.24xlarge"],
    "vpc_id": "vpc-1",
    "public_subnet_ids": ["subnet-1", "subnet-2"],
    "private_subnet_ids": ["subnet-3", "subnet-4"],
    "ray_head_security_group_id": "sg-1",
    "ray_worker_security_group_id": "sg-2",
    "redis_security_group_id": "sg-3",
    "s3_buckets": {"models": "m", "cache": "c", "results": "r"},
    "redis_endpoint": "redis.internal:6379",
    "redis_secret_arn": "arn:aws:secretsmanager:us-east-1:1:secret:one",
    "head_instance_profile": "portalis-prod-head",
    "worker_instance_profile": "portalis-prod-worker",
}
Run = Callable[..., Result]


def as_terraform(values: Mapping[str, Any]) -> str:
    """As `terraform output -json` writes them."""
    return json.dumps(
        {
            name: {"sensitive": False, "type": "any", "value": value}
            for name, value in values.items()
        }
    )


def _document(**changed: Any) -> dict[str, Any]:  # noqa: ANN401 - of a shape
    catalog = shipped()
    shape: dict[str, Any] = {
        "head": catalog.instance("c7i.4xlarge"),
        "worker": catalog.instance("dgxa100.80g"),
        **changed,
    }
    made = outputs.parse(as_terraform(MADE), "outputs.json")
    return render.document(made, render.Shape(**shape))


@pytest.fixture
def ray_calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """What the stand-in was called with; the file `code` beside it says what it ends with."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "ray"
    program.write_text(
        f'#!/bin/sh\necho "$@" >> {tmp_path}/calls\n'
        f"exit $(cat {tmp_path}/code 2>/dev/null || echo 0)\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    log = tmp_path / "calls"
    return lambda: log.read_text().splitlines() if log.exists() else []


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A verb about clusters, with a home of its own and outputs of Terraform beside it."""
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    monkeypatch.setenv("PORTALIS_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    given = tmp_path / "infra/terraform/outputs.json"
    given.parent.mkdir(parents=True)
    given.write_text(as_terraform(MADE))
    return lambda *arguments: CliRunner().invoke(app, ["cluster", *arguments])


def test_outputs_are_those_of_terraform() -> None:
    text = (TERRAFORM / "outputs.tf").read_text("utf-8")
    assert sorted(re.findall(r'^output "(\w+)"', text, re.M)) == sorted(
        outputs.Outputs.model_fields
    )


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"private_subnet_ids": None}, "output `private_subnet_ids`: Input should be"),
        ({"private_subnet_ids": []}, "output `private_subnet_ids`: Tuple should have"),
        ({"vpc_id": "subnet-1"}, "output `vpc_id`: "),
        ({"vpc": "vpc-1"}, "output `vpc` is not known; there are: region, "),
        ({"s3_buckets": {"models": "m", "cache": "c"}}, "output `s3_buckets.results` is missing"),
    ],
)
def test_outputs_that_cannot_be_used(changed: dict[str, Any], why: str) -> None:
    with pytest.raises(outputs.OutputsError, match=re.escape(f"file: {why}")):
        outputs.parse(as_terraform({**MADE, **changed}), "file")


@pytest.mark.parametrize("name", MADE)
def test_an_output_that_is_missing(name: str) -> None:
    values = {each: value for each, value in MADE.items() if each != name}
    with pytest.raises(outputs.OutputsError, match=f"file: output `{name}` is missing; apply "):
        outputs.parse(as_terraform(values), "file")


@pytest.mark.parametrize("text", ["", "{}", "[]", "{", '"x"'])
def test_what_is_no_outputs(text: str) -> None:
    with pytest.raises(outputs.OutputsError, match="file: no "):
        outputs.parse(text, "file")


def test_nodes_are_what_the_role_of_the_head_allows() -> None:
    """The conditions of `infra/terraform/modules/access/main.tf`, and no way in from outside."""
    found = _document()
    assert found["cluster_name"] == MADE["cluster_name"]
    assert found["provider"]["use_internal_ips"] is True
    for name, kind in found["available_node_types"].items():
        config = kind["node_config"]
        is_head = name == render.HEAD
        assert config["MetadataOptions"]["HttpTokens"] == "required"
        assert config["SubnetIds"] == MADE["private_subnet_ids"]
        assert config["SecurityGroupIds"] == ["sg-1" if is_head else "sg-2"]
        assert config["IamInstanceProfile"]["Name"] == (
            MADE["head_instance_profile"] if is_head else MADE["worker_instance_profile"]
        )
        assert config["BlockDeviceMappings"][0]["Ebs"]["Encrypted"] is True
        for tagged in config["TagSpecifications"]:
            assert {"Key": "ray-cluster-name", "Value": "portalis-prod"} in tagged["Tags"]
            assert {"Key": "environment", "Value": "prod"} in tagged["Tags"]


def test_workers_of_both_markets() -> None:
    kinds = _document()["available_node_types"]
    assert set(kinds) == {"head", "on-demand", "spot"}
    for market in render.WORKERS:
        kind = kinds[market]
        assert kind["labels"] == {"ray.io/market-type": market}
        assert (kind["min_workers"], kind["max_workers"]) == (0, 10)
        assert kind["resources"] == {"CPU": 96, "GPU": 8}
        assert kind["node_config"]["InstanceType"] == "p4de.24xlarge"
        assert ("InstanceMarketOptions" in kind["node_config"]) == (market == "spot")
    assert kinds["head"]["resources"] == {"CPU": 0, "GPU": 0}


def test_what_a_spot_worker_may_cost(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A share of its price on demand, which the cloud is told: above it there is no such node."""
    needs_ray()

    def most() -> str:
        found = yaml.safe_load(run("render", "--worker", "dgxa100.80g").stdout)
        config = found["available_node_types"]["spot"]["node_config"]
        price: str = config["InstanceMarketOptions"]["SpotOptions"]["MaxPrice"]
        return price

    assert most() == "19.212935"  # 0.7 of $27.44705
    (tmp_path / "policy.yaml").write_text("spot_instances: {max_price_multiplier: 0.5}\n")
    monkeypatch.setenv("PORTALIS_POLICY", "policy.yaml")
    assert most() == "13.723525"
    (tmp_path / "policy.yaml").write_text("spot_instances:\n  max_price_multiplier: 70\n")
    wrong = run("render", "--worker", "dgxa100.80g")
    assert wrong.exit_code == 2
    assert "policy.yaml:2: spot_instances.max_price_multiplier: input should be" in wrong.stderr


def test_spot_without_a_price_on_demand_has_no_cap_and_is_refused() -> None:
    worker = shipped().instance("dgxa100.80g")
    rates = {model: rate for model, rate in worker.rates.items() if model.value != "on_demand"}
    with pytest.raises(render.ShapeError, match=r"no price on demand of p4de\.24xlarge"):
        _document(worker=replace(worker, rates=rates))


def test_a_worker_that_the_head_may_not_start() -> None:
    with pytest.raises(render.ShapeError, match=r"may not start p5\.48xlarge: output"):
        _document(worker=shipped().instance("dgxh100.80g"))


@pytest.mark.parametrize("most", [-1, 11])
def test_numbers_of_workers_have_bounds(most: int) -> None:
    with pytest.raises(render.ShapeError, match=f"max_workers is {most}: a cluster has 0 to 10"):
        _document(most=most)


def test_more_cannot_stay_than_there_may_be() -> None:
    with pytest.raises(render.ShapeError, match="3 workers are to be kept, of at most 2"):
        _document(most=2, kept=3)


def test_the_schema_of_ray() -> None:
    needs_ray()
    found = _document(kept=1, image="ami-1", wheel="/tmp/portalis.whl")
    schema.check(found)
    kinds = copy.deepcopy(found["available_node_types"])
    kinds["spot"]["max_wrokers"] = 1
    with pytest.raises(schema.SchemaError, match="max_wrokers"):
        schema.check({**found, "available_node_types": kinds})
    with pytest.raises(schema.SchemaError, match="head_node_type"):
        schema.check({**found, "head_node_type": "none"})


def test_what_a_cluster_costs() -> None:
    cost = plan.cost(_document(most=3, kept=1), shipped())
    head, worker = 714_000, 27_447_050
    assert cost.least_microusd_h == head + worker
    assert cost.most_microusd_h == head + 3 * worker
    assert [each.price.assumed for each in cost.groups] == [False, False, True]


def test_prices_of_another_region_are_said(run: Run, tmp_path: Path) -> None:
    needs_ray()
    (tmp_path / "west.json").write_text(as_terraform({**MADE, "region": "us-west-2"}))
    shown = run("up", "--dry-run", "--outputs", "west.json").stdout
    assert "prices of us-east-1, but the cluster is in us-west-2" in shown
    assert "but the cluster is in" not in run("up", "--dry-run").stdout


def test_render_writes_what_ray_takes(run: Run, tmp_path: Path) -> None:
    needs_ray()
    result = run("render", "--worker", "dgxa100.40g", "-o", "cluster.yaml")
    assert (result.exit_code, result.output) == (0, "")
    found = yaml.safe_load((tmp_path / "cluster.yaml").read_text())
    assert found["available_node_types"]["spot"]["node_config"]["InstanceType"] == "p4d.24xlarge"
    assert yaml.safe_load(run("render", "--worker", "dgxa100.40g").stdout) == found


def test_render_goes_by_the_settings(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    needs_ray()
    monkeypatch.setenv("PORTALIS_SCALE_NODES", "4")
    monkeypatch.setenv("PORTALIS_SCALE_IDLE_S", "90")
    monkeypatch.setenv("PORTALIS_NODE_PRICE", "dgxa100.80g")
    found = yaml.safe_load(run("render").stdout)
    assert (found["max_workers"], found["idle_timeout_minutes"]) == (4, 1.5)
    assert found["available_node_types"]["spot"]["node_config"]["InstanceType"] == "p4de.24xlarge"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--outputs", "none.json"], "none.json cannot be read"),
        (["--worker", "dgx"], "no price is known of 'dgx'"),
        (["--workers", "-1"], "max_workers is -1"),
        (["--wheel", "none.whl"], "--wheel none.whl: no wheel is there"),
        (["--wheel", "infra/terraform/outputs.json"], "outputs.json: no wheel is there"),
        (["-o", "none/cluster.yaml"], "none/cluster.yaml cannot be written"),
    ],
)
def test_calls_that_are_wrong(run: Run, arguments: list[str], why: str) -> None:
    needs_ray()
    result = run("render", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert why in result.stderr


def test_up_scale_status_down(run: Run, ray_calls: Callable[[], list[str]], tmp_path: Path) -> None:
    needs_ray()
    file = tmp_path / "home/clusters/portalis-prod.yaml"

    dry = run("up", "--dry-run", "--keep", "1")
    assert dry.exit_code == 0, dry.output
    assert "portalis-prod: a new cluster" in dry.stdout
    assert "$0.80325 to $1.6065 an hour" in dry.stdout
    assert not file.exists()
    assert ray_calls() == []

    assert run("up", "-y").exit_code == 0
    assert ray_calls() == ["get-auth-token --generate", f"up {file} -y"]

    asked = run("scale", "--workers", "3", "--dry-run", "--json")
    change = json.loads(asked.stdout)
    assert {"place": "max_workers", "before": 10, "after": 3} in change["changes"]
    assert change["cost"]["before"]["most_usd_h"] == "1.6065"
    assert change["cost"]["after"]["most_usd_h"] == "0.98175"
    assert change["command"] == ["ray", "up", str(file), "--no-restart"]

    assert run("scale", "--workers", "3", "--yes").exit_code == 0
    assert yaml.safe_load(file.read_text())["max_workers"] == 3
    assert run("status").exit_code == 0
    assert "all of it ends" in run("down", "--dry-run").stdout
    assert file.exists()
    assert run("down", "-y", "--cluster", "portalis-prod").exit_code == 0
    assert not file.exists()
    assert ray_calls()[3:] == [
        f"up {file} --no-restart -y",
        f"exec {file} RAY_AUTH_MODE=token ray status",
        f"down {file} -y",
    ]


def test_what_ray_cannot_do(run: Run, ray_calls: Callable[[], list[str]], tmp_path: Path) -> None:
    """The file stays, so that `down` finds what was made; a wrong scale calls nothing."""
    needs_ray()
    (tmp_path / "user/.ray").mkdir(parents=True)
    (tmp_path / "user/.ray/auth_token").write_text("secret")
    (tmp_path / "code").write_text("3")
    result = run("up", "-y")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        1,
        "portalis: ray up ended with 3",
    )
    assert run("down", "-y").exit_code == 1
    wrong = run("scale", "--workers", "11")
    assert (wrong.exit_code, "max_workers is 11" in wrong.stderr) == (2, True)
    assert [call.split()[0] for call in ray_calls()] == ["up", "down"]


def test_clusters_that_are_not_there(run: Run, tmp_path: Path) -> None:
    result = run("down")
    assert (result.exit_code, result.stderr) == (
        *(2, "portalis: which cluster? --cluster NAME; there are: none\n"),
    )
    assert "no cluster 'other' was brought up" in run("status", "--cluster", "other").stderr
    (tmp_path / "home/clusters").mkdir(parents=True)
    (tmp_path / "home/clusters/broken.yaml").write_text("[")
    assert "broken.yaml cannot be read" in run("status").stderr


def test_without_the_program(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    needs_ray()
    monkeypatch.setenv("PATH", str(tmp_path))
    result = run("up", "-y")
    assert (result.exit_code, "there is no program `ray` in PATH" in result.stderr) == (2, True)
    assert not (tmp_path / "home/clusters").exists()
