"""The structure of a function that was translated, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from portalis.core.ids import JobId, TenantId, UnitId


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One function of a unit that is done.

    job_id, unit_id: where it was first seen. path, name, line: in the sources. verdict: of
    the compiler; information, not a verdict on anything that is like it.
    signature: `translate/fingerprint.py` says what of. bands: numbers; who shares one may be
    near.
    """

    tenant_id: TenantId
    job_id: JobId
    unit_id: UnitId
    path: str
    name: str
    line: int
    verdict: str
    signature: tuple[int, ...]
    bands: tuple[int, ...]
