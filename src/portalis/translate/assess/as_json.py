"""An assessment and a plan as data. A change that a reader could stumble over raises `SCHEMA`."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from portalis.translate.assess.assessment import Assessment, Blocker, Share
from portalis.translate.assess.plan import Plan

SCHEMA = 1


def assessment_json(assessment: Assessment, usd_per_core_hour: Decimal | None) -> str:
    effort = assessment.effort
    cost = effort.cost_usd(usd_per_core_hour) if usd_per_core_hour is not None else None
    return _text(
        {
            "schema": SCHEMA,
            "sources": list(assessment.report.sources),
            **_share(assessment.share),
            "predicted": {
                "translate_s": round(effort.translate_s, 3),
                "check_s": round(effort.check_s, 3),
                "build_s": round(effort.build_s, 3),
                "core_s": round(effort.total_s, 3),
                "rust_lines": effort.rust_lines,
                "cost_usd": str(cost) if cost is not None else None,
            },
            "blockers": [_blocker(b) for b in assessment.blockers],
            "files": [
                {"file": f.file, "module": f.module, **_share(f.share)} for f in assessment.files
            ],
            "functions": [
                {
                    "name": v.fact.name,
                    "kind": v.fact.kind,
                    "file": v.fact.file,
                    "line": v.fact.line,
                    "lines": v.fact.lines,
                    "prediction": _prediction(v.verdict.value, v.fact.dynamic),
                    "codes": list(v.codes),
                }
                for v in assessment.report.verdicts
            ],
        }
    )


def plan_json(plan: Plan) -> str:
    steps = [
        {
            "step": step.position,
            "modules": list(step.modules),
            **_share(step.share),
            "dependents": step.dependents,
            "done_lines": step.done_lines,
            "blockers": [_blocker(b) for b in step.blockers],
        }
        for step in plan.steps
    ]
    return _text({"schema": SCHEMA, **_share(plan.share), "steps": steps})


def _prediction(verdict: str, dynamic: bool) -> str:
    return "refused" if verdict in ("refused", "broken") else "dynamic" if dynamic else "native"


def _share(share: Share) -> dict[str, Any]:
    return {
        "score": float(share.score),
        "lines": {
            "all": share.lines,
            "native": share.native_lines,
            "dynamic": share.dynamic_lines,
            "refused": share.refused_lines,
        },
        "functions_by_fate": {
            "all": share.functions,
            "dynamic": share.dynamic_functions,
            "refused": share.refused_functions,
        },
    }


def _blocker(blocker: Blocker) -> dict[str, Any]:
    return {
        "code": blocker.code,
        "title": blocker.title,
        "message": blocker.message,
        "count": blocker.count,
        "functions": blocker.functions,
        "lines": blocker.lines,
        "alone": blocker.alone,
        "remedy": blocker.remedy,
        "places": [
            {
                "file": d.span.file,
                "line": d.span.line,
                "column": d.span.column,
                "source_line": d.source_line,
            }
            for d in blocker.places
        ],
    }


def _text(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
