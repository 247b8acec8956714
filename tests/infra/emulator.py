"""moto's server, and what Terraform asks of ElastiCache and Budgets beyond it.

    python tests/infra/emulator.py -H HOST -p PORT

moto reads requests and writes answers by AWS's own service models; added here are operations that
it has none for: parameter groups, the end of groups, members of a group of nodes, and tags and
subscribers of budgets. What is asked for is kept and told again; nothing is accepted that names
what is not there.
"""

from __future__ import annotations

import importlib
import json
import sys
import threading
from collections.abc import Callable
from typing import Any, Final

# None of them has types for what is used here.
_models: Any = importlib.import_module("moto.elasticache.models")
_exceptions: Any = importlib.import_module("moto.elasticache.exceptions")
_results: Any = importlib.import_module("moto.core.responses")
_caches: Any = importlib.import_module("moto.elasticache.responses").ElastiCacheResponse
_budgets: Any = importlib.import_module("moto.budgets.responses").BudgetsResponse
_server: Any = importlib.import_module("moto.server")

_moto_create_budget = _budgets.create_budget
_TAGS: Final[dict[str, list[dict[str, str]]]] = {}

Handler = Callable[[Any], Any]
# What a family of parameters has; of others AWS has no parameter to change.
FAMILIES: Final = {"redis7": frozenset(("maxmemory-policy",))}


class GroupNotFoundError(_exceptions.ElastiCacheException):  # type: ignore[misc]
    code = "CacheParameterGroupNotFound"


class GroupInUseError(_exceptions.ElastiCacheException):  # type: ignore[misc]
    code = "InvalidCacheParameterGroupState"


class SubnetsInUseError(_exceptions.ElastiCacheException):  # type: ignore[misc]
    code = "CacheSubnetGroupInUse"


class Backend(_models.ElastiCacheBackend):  # type: ignore[misc]
    """Of an account and a region."""

    # By it moto finds the service's addresses.
    __module__ = "moto.elasticache.models"

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self.parameter_groups: dict[str, dict[str, Any]] = {}
        self.changed: dict[str, dict[str, str]] = {}

    def parameter_group(self, name: str) -> dict[str, Any]:
        if name not in self.parameter_groups:
            raise GroupNotFoundError(f"CacheParameterGroup {name} not found.")
        return self.parameter_groups[name]

    def used(self, kind: str, name: str) -> bool:
        """Whether a group of nodes names it."""
        return any(getattr(each, kind) == name for each in self.replication_groups.values())

    def list_tags_for_resource(self, arn: str) -> dict[str, list[dict[str, str]]]:
        found: dict[str, list[dict[str, str]]] = self.tagging_service.list_tags_for_resource(arn)
        return found

    def create_replication_group(self, **asked: Any) -> Any:  # noqa: ANN401 - moto's
        self.parameter_group(asked["cache_parameter_group_name"])
        if asked["cache_subnet_group_name"] not in self.cache_subnet_groups:
            raise _exceptions.CacheSubnetGroupNotFound(asked["cache_subnet_group_name"])
        replicas = {"replicas_per_node_group": asked["num_cache_clusters"] - 1}
        made = super().create_replication_group(**{**asked, **replicas})
        for name in made.member_clusters:
            self.cache_clusters[name] = self._member(name, asked)
        return made

    def delete_replication_group(self, replication_group_id: str, *rest: Any, **more: Any) -> Any:  # noqa: ANN401
        gone = super().delete_replication_group(replication_group_id, *rest, **more)
        del self.replication_groups[replication_group_id]
        for name in gone.member_clusters:
            del self.cache_clusters[name]
        return gone

    def _member(self, name: str, asked: dict[str, Any]) -> Any:  # noqa: ANN401
        names = _models.CacheCluster.__init__.__annotations__.keys() - {"return"}
        about = {each: asked.get(each) for each in names}
        about |= {"cache_cluster_id": name, "num_cache_nodes": 1}
        about |= {"account_id": self.account_id, "region_name": self.region_name}
        member = _models.CacheCluster(**about)
        # What moto does not tell of one.
        member.at_rest_encryption_enabled = asked["at_rest_encryption_enabled"]
        member.cache_parameter_group = {
            "CacheParameterGroupName": asked["cache_parameter_group_name"],
            "ParameterApplyStatus": "in-sync",
        }
        member.security_groups = [
            {"SecurityGroupId": each, "Status": "active"} for each in asked["security_group_ids"]
        ]
        return member


def _create_parameter_group(self: Any) -> Any:  # noqa: ANN401
    asked = self._get_params()
    name, family = asked["CacheParameterGroupName"], asked["CacheParameterGroupFamily"]
    if family not in FAMILIES:
        raise _exceptions.InvalidParameterValueException(f"{family} is no family")
    backend = self.elasticache_backend
    arn = f"arn:aws:elasticache:{self.region}:{self.current_account}:parametergroup:{name}"
    group = {
        "CacheParameterGroupName": name,
        "CacheParameterGroupFamily": family,
        "Description": asked["Description"],
        "IsGlobal": False,
        "ARN": arn,
    }
    backend.parameter_groups[name], backend.changed[name] = group, {}
    backend.tagging_service.tag_resource(arn, asked.get("Tags", []))
    return _results.ActionResult({"CacheParameterGroup": group})


def _modify_parameter_group(self: Any) -> Any:  # noqa: ANN401
    asked = self._get_params()
    name = asked["CacheParameterGroupName"]
    family = self.elasticache_backend.parameter_group(name)["CacheParameterGroupFamily"]
    for each in asked["ParameterNameValues"]:
        if each["ParameterName"] not in FAMILIES[family]:
            raise _exceptions.InvalidParameterValueException(each["ParameterName"])
        self.elasticache_backend.changed[name][each["ParameterName"]] = each["ParameterValue"]
    return _results.ActionResult({"CacheParameterGroupName": name})


def _describe_parameter_groups(self: Any) -> Any:  # noqa: ANN401
    name = self._get_param("CacheParameterGroupName")
    groups = [self.elasticache_backend.parameter_group(name)]
    return _results.ActionResult({"CacheParameterGroups": groups})


def _describe_parameters(self: Any) -> Any:  # noqa: ANN401
    name = self._get_param("CacheParameterGroupName")
    self.elasticache_backend.parameter_group(name)
    told = [
        {"ParameterName": key, "ParameterValue": value, "Source": "user"}
        for key, value in self.elasticache_backend.changed[name].items()
    ]
    return _results.ActionResult({"Parameters": told})


def _delete_parameter_group(self: Any) -> Any:  # noqa: ANN401
    name = self._get_param("CacheParameterGroupName")
    backend = self.elasticache_backend
    backend.parameter_group(name)
    if backend.used("cache_parameter_group_name", name):
        raise GroupInUseError(f"{name} is in use")
    del backend.parameter_groups[name]
    return _results.EmptyResult()


def _delete_subnet_group(self: Any) -> Any:  # noqa: ANN401
    name = self._get_param("CacheSubnetGroupName")
    backend = self.elasticache_backend
    if name not in backend.cache_subnet_groups:
        raise _exceptions.CacheSubnetGroupNotFound(name)
    if backend.used("cache_subnet_group_name", name):
        raise SubnetsInUseError(f"{name} is in use")
    del backend.cache_subnet_groups[name]
    return _results.EmptyResult()


def _describe_subscribers(self: Any) -> str:  # noqa: ANN401
    account, name = self._get_param("AccountId"), self._get_param("BudgetName")
    asked = self._get_param("Notification")
    kept = self.backend.budgets[account][name].notifications
    told = [each.subscribers for each in kept if asked.items() <= each.details.items()]
    return json.dumps({"Subscribers": told[0]})


def _list_budget_tags(self: Any) -> str:  # noqa: ANN401
    found = _TAGS.get(self._get_param("ResourceARN").rpartition("/")[2], [])
    return json.dumps({"ResourceTags": found})


def _create_budget(self: Any) -> str:  # noqa: ANN401
    """moto keeps all of it but its tags."""
    _TAGS[self._get_param("Budget")["BudgetName"]] = self._get_param("ResourceTags", [])
    made: str = _moto_create_budget(self)
    return made


ADDED: Final[tuple[tuple[Any, str, Handler], ...]] = (
    (_caches, "create_cache_parameter_group", _create_parameter_group),
    (_caches, "modify_cache_parameter_group", _modify_parameter_group),
    (_caches, "describe_cache_parameter_groups", _describe_parameter_groups),
    (_caches, "describe_cache_parameters", _describe_parameters),
    (_caches, "delete_cache_parameter_group", _delete_parameter_group),
    (_caches, "delete_cache_subnet_group", _delete_subnet_group),
    (_budgets, "describe_subscribers_for_notification", _describe_subscribers),
    (_budgets, "list_tags_for_resource", _list_budget_tags),
)


class InTurn(_server.DomainDispatcherApplication):  # type: ignore[misc]
    """One request after the other: of two that end rules of one group at once, moto would lose
    one."""

    turn: Final = threading.Lock()

    def __call__(self, environ: Any, start_response: Any) -> Any:  # noqa: ANN401 - WSGI's
        with self.turn:
            return super().__call__(environ, start_response)


def main(arguments: list[str]) -> None:
    """Until it is ended."""
    _models.elasticache_backends.backend = Backend
    for responder, name, handler in ADDED:
        assert not hasattr(responder, name), f"moto has {name} by now"
        setattr(responder, name, handler)
    _budgets.create_budget = _create_budget
    _server.DomainDispatcherApplication = InTurn
    _server.main(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
