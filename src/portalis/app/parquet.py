"""Records of a corpus as a Parquet file, by pyarrow: `pip install 'portalis[parquet]'`."""

from __future__ import annotations

import importlib
import importlib.util
import io
from collections.abc import Mapping, Sequence
from typing import Any

from portalis.core.digest import Json

INSTALL = "Parquet needs an extra: pip install 'portalis[parquet]'"


def is_there() -> bool:
    return importlib.util.find_spec("pyarrow") is not None


def encoded(records: Sequence[Mapping[str, Json]]) -> bytes:
    """One file, with the same schema whatever the records hold; the same records give the same
    bytes under the same version of pyarrow. Raises ImportError."""
    arrow: Any = importlib.import_module("pyarrow")
    files: Any = importlib.import_module("pyarrow.parquet")
    table = arrow.Table.from_pylist(
        [{**each, "engine": list(_pairs(each["engine"]))} for each in records], _schema(arrow)
    )
    out = io.BytesIO()
    files.write_table(table, out, compression="zstd")
    return out.getvalue()


def _pairs(engine: Json) -> Sequence[tuple[str, Json]]:
    assert isinstance(engine, Mapping)
    return sorted(engine.items())


def _schema(arrow: Any) -> Any:  # noqa: ANN401 - pyarrow's, which has no types
    text, number = arrow.string(), arrow.int64()
    source = arrow.struct(
        [("file", text), ("sha256", text), ("line", number), ("end_line", number)]
    )
    names = ("id", "name", "kind", "python", "rust", "python_sha256", "rust_sha256", "structure")
    return arrow.schema(
        [
            *((name, text) for name in names),
            *(("verdict", text), ("probes", text), ("calls", number), ("source", source)),
            *(("engine", arrow.map_(text, text)), ("licence", text)),
        ]
    )
