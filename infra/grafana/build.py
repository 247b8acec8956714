"""The dashboards as Grafana's JSON, from the table of panels.

    python infra/grafana/build.py FOLDER

Grafana's foundation SDK knows which fields there are; what a field of ours is called by
nobody else is an error here and not an empty panel there.
"""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path
from typing import Any

from grafana_foundation_sdk.builders import dashboard, gauge, prometheus, stat, timeseries
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import (
    DataSourceRef,
    GridPos,
    Threshold,
    ThresholdsMode,
    VariableRefresh,
)

from portalis.monitoring.metrics import SUBMITTED
from portalis.monitoring.panels import DASHBOARDS, Dashboard, Form, Panel

HEIGHTS = {Form.STAT: 4, Form.GAUGE: 8, Form.SERIES: 8}
BUILDERS = {Form.STAT: stat.Panel, Form.GAUGE: gauge.Panel, Form.SERIES: timeseries.Panel}
COLUMNS = 24


def built(table: Dashboard) -> str:
    """Its JSON."""
    made = (
        dashboard.Dashboard(table.title)
        .uid(table.uid)
        .tags(["portalis"])
        .refresh("30s")
        .time("now-6h", "now")
        .timezone("utc")
        .readonly()
        .with_variable(dashboard.DatasourceVariable("datasource").type("prometheus"))
        .with_variable(
            dashboard.QueryVariable("tenant")
            .datasource(DataSourceRef(type_val="prometheus", uid="${datasource}"))
            .query(f"label_values({SUBMITTED.name}, tenant)")
            .refresh(VariableRefresh.ON_TIME_RANGE_CHANGED)
            .include_all(True)
            .all_value(".*")
            .multi(True)
        )
    )
    y, ids = 0, itertools.count(1)
    for title, panels in table.rows:
        row = dashboard.Row(title).id(next(ids)).grid_pos(GridPos(h=1, w=COLUMNS, x=0, y=y))
        made = made.with_row(row)
        x, y, tallest = 0, y + 1, 0
        for panel in panels:
            height = HEIGHTS[panel.form]
            if x + panel.of > COLUMNS:
                x, y, tallest = 0, y + tallest, 0
            place = GridPos(h=height, w=panel.of, x=x, y=y)
            made = made.with_panel(_panel(panel, place).id(next(ids)))
            x, tallest = x + panel.of, max(tallest, height)
        y += tallest
    found = json.loads(JSONEncoder().encode(made.build()))
    for panel in found["panels"]:
        # The SDK says null where there are none; a dashboard that was saved leaves them out.
        if panel.get("options", {}) is None:
            del panel["options"]
    return json.dumps(found, indent=1, sort_keys=True) + "\n"


def _panel(panel: Panel, place: GridPos) -> Any:  # noqa: ANN401 - a builder of any form
    made = (
        BUILDERS[panel.form]()
        .title(panel.title)
        .datasource(DataSourceRef(type_val="prometheus", uid="${datasource}"))
        .unit(panel.unit)
        .min(0)
        .thresholds(_thresholds(panel))
        .grid_pos(place)
    )
    if panel.meaning:
        made = made.description(panel.meaning)
    if panel.most is not None:
        made = made.max(panel.most)
    for number, (expr, legend) in enumerate(panel.queries):
        query = prometheus.Dataquery().expr(expr).ref_id(chr(ord("A") + number))
        made = made.with_target(query.legend_format(legend) if legend else query)
    return made


def _thresholds(panel: Panel) -> dashboard.ThresholdsConfig:
    steps = [Threshold(value=None, color="green")]
    if panel.alarming is not None:
        steps.append(Threshold(value=panel.alarming, color="red"))
    return dashboard.ThresholdsConfig().mode(ThresholdsMode.ABSOLUTE).steps(steps)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for each in DASHBOARDS:
        (folder / f"{each.uid}.json").write_text(built(each), "utf-8")
