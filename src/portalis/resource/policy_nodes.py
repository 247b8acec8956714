"""What the policy says of nodes: when there are more or fewer of them, and of which market.

`decide` of `scale.py` and `choose` of `spot.py` go by it; how many nodes there are at most, and
whether spot ones are told apart, are settings of the service (`scale_nodes`, `scale_spot`).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field, model_validator

from portalis.core.documents import Misfit
from portalis.resource.policy_model import Count, PolicyModel, exact
from portalis.resource.scale import DOWN, UP, DownRule, Metric, ScalePolicy, UpRule
from portalis.resource.spot import SpotPolicy

_SECOND_MS: Final = 1_000
_USUAL: Final = ScalePolicy()

Exact = Annotated[Decimal, BeforeValidator(exact)]


class ScaleUp(PolicyModel):
    """The cluster grows while a metric is above its threshold."""

    metric: Literal["queue_length", "avg_gpu_utilization", "avg_latency_ms"]
    """Batches of units that could run and wait; the share of slots that are at work (0 to 1); how
    long units have been ready, on average."""
    threshold: float = Field(ge=0)
    """Above it the rule holds."""
    duration_seconds: int = Field(default=0, ge=0)
    """It has to hold for so long."""
    add_workers: Count = 1
    """So many nodes more, never more than what could run fills."""
    max_workers: Count | None = None
    """Not beyond so many; else beyond the setting scale_nodes."""

    @model_validator(mode="after")
    def _can_be(self) -> ScaleUp:
        _check_share(self.metric, self.threshold, can_reach_one=False)
        return self

    @property
    def rule(self) -> UpRule:
        return UpRule(
            metric=Metric(self.metric),
            threshold=self.threshold,
            duration_ms=self.duration_seconds * _SECOND_MS,
            nodes=self.add_workers,
            most_nodes=self.max_workers,
        )


class ScaleDown(PolicyModel):
    """The cluster shrinks while it is little used."""

    metric: Literal["idle_time_minutes", "avg_gpu_utilization"]
    """Minutes without anything to do; the share of slots that are at work (0 to 1)."""
    threshold: float = Field(ge=0)
    """Idle time above it, or use below it. With a rule of idle time the setting scale_idle_s does
    not count."""
    duration_seconds: int = Field(default=0, ge=0)
    """It has to hold for so long."""
    remove_workers: Count | None = None
    """So many nodes fewer, never below what runs; else all at once."""
    min_workers: int = Field(default=0, ge=0)
    """The rule leaves so many."""

    @model_validator(mode="after")
    def _can_be(self) -> ScaleDown:
        _check_share(self.metric, self.threshold, can_reach_one=True)
        return self

    def rule(self, most_nodes: int) -> DownRule:
        return DownRule(
            metric=Metric(self.metric),
            threshold=self.threshold,
            duration_ms=self.duration_seconds * _SECOND_MS,
            nodes=self.remove_workers or most_nodes,
            least_nodes=self.min_workers,
        )


def _check_share(metric: str, threshold: float, *, can_reach_one: bool) -> None:
    """A rule that can never hold is decoration."""
    if metric != Metric.UTILISATION or threshold < 1 or (can_reach_one and threshold == 1):
        return
    raise Misfit(("threshold",), f"{metric} is a share, from 0 to 1: the rule never means anything")


class Cooldown(PolicyModel):
    """Rest after a change."""

    scale_up_seconds: int = Field(default=_USUAL.up_cooldown_ms // _SECOND_MS, ge=0)
    """From one growth to the next; an empty cluster gets its first node at once."""
    scale_down_seconds: int = Field(default=_USUAL.down_cooldown_ms // _SECOND_MS, ge=0)
    """From any change to the next shrinking by a rule."""


class AutoScaling(PolicyModel):
    """When a cluster that follows its demand has more or fewer nodes."""

    scale_up: Sequence[ScaleUp] = Field(
        default=tuple(
            ScaleUp.model_validate(
                {
                    "metric": rule.metric.value,
                    "threshold": rule.threshold,
                    "duration_seconds": rule.duration_ms // _SECOND_MS,
                    "add_workers": rule.nodes,
                }
            )
            for rule in UP
        )
    )
    scale_down: Sequence[ScaleDown] = Field(
        default=tuple(
            ScaleDown.model_validate(
                {
                    "metric": rule.metric.value,
                    "threshold": rule.threshold,
                    "duration_seconds": rule.duration_ms // _SECOND_MS,
                    "remove_workers": rule.nodes,
                }
            )
            for rule in DOWN
        )
    )
    cooldown: Cooldown = Cooldown()

    def rules(self, most_nodes: int, idle_ms: int) -> ScalePolicy:
        """most_nodes, idle_ms: of the settings."""
        by_rule = any(Metric(each.metric) is Metric.IDLE_MINUTES for each in self.scale_down)
        return ScalePolicy(
            most_nodes=most_nodes,
            idle_ms=None if by_rule else idle_ms,
            up=tuple(each.rule for each in self.scale_up),
            down=tuple(each.rule(most_nodes) for each in self.scale_down),
            up_cooldown_ms=self.cooldown.scale_up_seconds * _SECOND_MS,
            down_cooldown_ms=self.cooldown.scale_down_seconds * _SECOND_MS,
        )


class SpotInstances(PolicyModel):
    """Nodes that the cloud may take away."""

    enabled: bool = True
    """false: nodes on demand only, where the setting scale_spot tells the markets apart."""
    max_price_multiplier: Annotated[Exact, Field(gt=0, le=1)] = Decimal("0.7")
    """The most that a spot node may cost, as a share of its price on demand: what
    `portalis cluster render` has the cloud asked for."""
    fallback_enabled: bool = True
    """Whether nodes on demand take the place of spot nodes that do not come, after the setting
    scale_fallback_s."""

    def rules(self, fallback_ms: int) -> SpotPolicy:
        """fallback_ms: of the settings."""
        return SpotPolicy(
            enabled=self.enabled,
            most_share=self.max_price_multiplier,
            fallback=self.fallback_enabled,
            fallback_ms=fallback_ms,
            return_ms=fallback_ms // 5,
        )
