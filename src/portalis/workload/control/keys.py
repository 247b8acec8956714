"""Where things lie: keys of objects and of the cache. A tenant's are under its own prefix."""

from __future__ import annotations

from portalis.core.digest import digest
from portalis.core.ids import TenantId


def sources(tenant_id: TenantId, content: bytes) -> str:
    """The files of a job."""
    return f"tenants/{folder(tenant_id)}/sources/{digest(content)}"


def result(tenant_id: TenantId, content: bytes) -> str:
    """What a unit made."""
    return f"tenants/{folder(tenant_id)}/results/{digest(content)}"


def package(tenant_id: TenantId, made_from: str) -> str:
    """What is downloaded of a job, by the digest of what it is made from."""
    return f"tenants/{folder(tenant_id)}/packages/{made_from}"


def cache(tenant_id: TenantId, cache_key: str) -> str:
    """A result by what it was made from."""
    return f"{folder(tenant_id)}/{cache_key}"


def shared_cache(cache_key: str) -> str:
    """A result of whoever shares."""
    return f"shared/{cache_key}"


def is_of(tenant_id: TenantId, key: str) -> bool:
    """Whether the object is the tenant's own."""
    return key.startswith(f"tenants/{folder(tenant_id)}/")


def fits(key: str, content: bytes) -> bool:
    """Whether the sources or the result of this key are these."""
    return key.rpartition("/")[2] == digest(content)


def folder(tenant_id: TenantId) -> str:
    """A tenant may be called anything; a folder may not."""
    return digest(tenant_id.encode("utf-8"))[:32]


def parts(key: str) -> tuple[str, str]:
    """Of a key of an object: the tenant's folder, and the kind."""
    _, found, kind, *_ = f"{key}///".split("/")
    return found, kind
