"""Ray's cluster file as a document: a head, and workers of two markets. No I/O.

Nodes have no public address: people reach the head by Session Manager, the head reaches workers
by SSH within the network. The head starts workers with exactly what its role in
`infra/terraform/modules/access` lets it start them with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import portalis
from portalis.app.cluster.outputs import Outputs
from portalis.core.money import dollars
from portalis.cost.catalog import Instance, PricingModel
from portalis.resource.policy import OPEN

# Nodes of a group, and of all groups together.
MOST_WORKERS: Final = 10
MARKET: Final = "ray.io/market-type"
HEAD: Final = "head"
ON_DEMAND: Final = "on-demand"
SPOT: Final = "spot"
WORKERS: Final = (ON_DEMAND, SPOT)
# What Ray keeps the secret in that processes of a cluster know each other by.
RAY_TOKEN: Final = ".ray/auth_token"

_USER: Final = "ubuntu"
_HOME: Final = f"/home/{_USER}"
_DISK_GB: Final = 200
_SPOT_SHARE: Final = OPEN.spot_instances.max_price_multiplier
_EXTRAS: Final = "ray,redis,postgres"
_RAY: Final = "RAY_AUTH_MODE=token ray"
STATUS: Final = f"{_RAY} status"


class ShapeError(Exception):
    """No cluster can be of this shape; the text says what would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How large a cluster is. most: workers of all groups together, and of each; kept: workers on
    demand that stay without work; idle_s: how long others stay without; spot_share: of the price
    on demand that a spot worker may cost; image: of the machines, empty: Ray's default; wheel: of
    Portalis, a file, empty: the image has it."""

    head: Instance
    worker: Instance
    most: int = MOST_WORKERS
    kept: int = 0
    idle_s: float = 120.0
    spot_share: Decimal = _SPOT_SHARE
    image: str = ""
    wheel: str = ""


def document(outputs: Outputs, shape: Shape) -> dict[str, Any]:
    """Raises ShapeError."""
    _check_types(outputs, shape)
    wheel = shape.wheel.rpartition("/")[2]
    installed = f"{_HOME}/portalis/{wheel}"
    found = {
        "cluster_name": outputs.cluster_name,
        "max_workers": shape.most,
        "upscaling_speed": 10.0,
        "idle_timeout_minutes": round(shape.idle_s / 60, 2),
        "provider": {
            "type": "aws",
            "region": outputs.region,
            "use_internal_ips": True,
            # The head's role may end instances, not stop them: a stopped one costs its disk.
            "cache_stopped_nodes": False,
        },
        "auth": {
            "ssh_user": _USER,
            "ssh_proxy_command": (
                "aws ssm start-session --document-name AWS-StartSSHSession "
                f"--parameters portNumber=%p --target %h --region {outputs.region}"
            ),
            "ssh_proxy_use_node_id": True,
        },
        "head_node_type": HEAD,
        "available_node_types": {
            HEAD: {
                "node_config": _node(outputs, shape, shape.head, is_head=True),
                # Units are for workers: the head must answer.
                "resources": {"CPU": 0, "GPU": 0},
                "labels": {MARKET: ON_DEMAND},
                "min_workers": 0,
                "max_workers": 0,
            },
            **{market: _workers(outputs, shape, market) for market in WORKERS},
        },
        "file_mounts": {
            f"{_HOME}/{RAY_TOKEN}": f"~/{RAY_TOKEN}",
            **({installed: shape.wheel} if wheel else {}),
        },
        "cluster_synced_files": [],
        "file_mounts_sync_continuously": False,
        "rsync_exclude": [],
        "rsync_filter": [],
        "initialization_commands": [],
        "setup_commands": [
            *([f"python3 -m pip install --user '{installed}[{_EXTRAS}]'"] if wheel else []),
            _has_version(portalis.__version__),
        ],
        "head_setup_commands": [],
        "worker_setup_commands": [],
        "head_start_ray_commands": [
            f"{_RAY} stop",
            f"ulimit -n 65536; {_RAY} start --head --port=6379 --dashboard-host=127.0.0.1 "
            "--autoscaling-config=~/ray_bootstrap_config.yaml --disable-usage-stats",
        ],
        "worker_start_ray_commands": [
            f"{_RAY} stop",
            f"ulimit -n 65536; {_RAY} start --address=$RAY_HEAD_IP:6379",
        ],
    }
    check_bounds(found)
    return found


def resized(found: Mapping[str, Any], most: int, kept: int | None = None) -> dict[str, Any]:
    """The same cluster with other numbers of workers. kept: None: as before. Raises
    ShapeError."""
    groups = found["available_node_types"]
    keep = {ON_DEMAND: groups[ON_DEMAND]["min_workers"] if kept is None else kept}
    changed = {
        **found,
        "max_workers": most,
        "available_node_types": {
            HEAD: groups[HEAD],
            **{
                market: {**groups[market], "max_workers": most, "min_workers": keep.get(market, 0)}
                for market in WORKERS
            },
        },
    }
    check_bounds(changed)
    return changed


def check_bounds(found: Mapping[str, Any]) -> None:
    """Of workers, which Ray takes as they come, also less than none. Raises ShapeError."""
    groups = found["available_node_types"]
    counts = {"max_workers": found["max_workers"]} | {
        f"{market}.{name}": groups[market][name]
        for market in WORKERS
        for name in ("max_workers", "min_workers")
    }
    for name, count in counts.items():
        if not 0 <= count <= MOST_WORKERS:
            raise ShapeError(f"{name} is {count}: a cluster has 0 to {MOST_WORKERS} workers")
    kept = sum(groups[market]["min_workers"] for market in WORKERS)
    if kept > found["max_workers"]:
        raise ShapeError(f"{kept} workers are to be kept, of at most {found['max_workers']}")


def _check_types(outputs: Outputs, shape: Shape) -> None:
    allowed = outputs.instance_types
    if shape.worker.name not in allowed:
        raise ShapeError(
            f"the head may not start {shape.worker.name}: output `instance_types` has "
            f"{', '.join(allowed)}"
        )


def _workers(outputs: Outputs, shape: Shape, market: str) -> dict[str, Any]:
    config = _node(outputs, shape, shape.worker, is_head=False)
    if market == SPOT:
        config["InstanceMarketOptions"] = {
            "MarketType": "spot",
            "SpotOptions": {"SpotInstanceType": "one-time", "MaxPrice": _most_usd(shape)},
        }
    return {
        "node_config": config,
        "resources": {"CPU": shape.worker.vcpus, "GPU": shape.worker.gpus},
        "labels": {MARKET: market},
        "min_workers": shape.kept if market == ON_DEMAND else 0,
        "max_workers": shape.most,
    }


def _most_usd(shape: Shape) -> str:
    """What a spot worker may cost an hour, as EC2 reads it. Raises ShapeError."""
    rate = shape.worker.rates.get(PricingModel.ON_DEMAND)
    if rate is None:
        raise ShapeError(
            f"the catalog has no price on demand of {shape.worker.name}: what its spot price may "
            "be is a share of that (spot_instances.max_price_multiplier of the policy)"
        )
    return f"{dollars(int(rate * shape.spot_share)):.6f}"


def _node(outputs: Outputs, shape: Shape, instance: Instance, *, is_head: bool) -> dict[str, Any]:
    """What EC2 is asked for."""
    group = outputs.ray_head_security_group_id if is_head else outputs.ray_worker_security_group_id
    profile = outputs.head_instance_profile if is_head else outputs.worker_instance_profile
    tags = {"ray-cluster-name": outputs.cluster_name, "environment": outputs.environment}
    return {
        "InstanceType": instance.name,
        **({"ImageId": shape.image} if shape.image else {}),
        "SubnetIds": list(outputs.private_subnet_ids),
        "SecurityGroupIds": [group],
        "IamInstanceProfile": {"Name": profile},
        "MetadataOptions": {
            "HttpEndpoint": "enabled",
            "HttpTokens": "required",
            "HttpPutResponseHopLimit": 1,
        },
        "BlockDeviceMappings": [
            {
                "DeviceName": "/dev/sda1",
                "Ebs": {
                    "VolumeSize": _DISK_GB,
                    "VolumeType": "gp3",
                    "Encrypted": True,
                    "DeleteOnTermination": True,
                },
            }
        ],
        "TagSpecifications": [
            {
                "ResourceType": kind,
                "Tags": [{"Key": key, "Value": value} for key, value in tags.items()],
            }
            for kind in ("instance", "volume")
        ],
    }


def _has_version(version: str) -> str:
    """Fails where another Portalis is there, or none: nodes of one cluster must agree."""
    return (
        f"portalis --version | grep -qx 'portalis {version}' || "
        f"{{ echo 'this node needs portalis {version}, in its image or by --wheel' >&2; exit 1; }}"
    )
