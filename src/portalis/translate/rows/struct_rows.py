"""Rows of the struct module. `unpack` of a format that is known is lowered with the types that
it gives (`lower/packing.py`)."""

from __future__ import annotations

from portalis.translate.rows.row import Row

_AT = "stdlib::packing"
# A value may say itself what it is.
_ANY = ("Exception",)
_BUFFERS = ("bytes", "bytearray")


def _of_format(format_: str) -> tuple[Row, ...]:
    return (
        Row("struct.calcsize", f"(format: &{format_}) -> i64", f"{_AT}::calcsize({{format}})",
            _ANY),
        Row("struct.pack", f"(format: &{format_}, *v: value) -> bytes",
            f"{_AT}::pack({{format}}, {{v}})", _ANY, pure=False),
        Row("struct.pack_into",
            f"(format: &{format_}, buffer: &bytearray, offset: i64, *v: value) -> none",
            f"{_AT}::pack_into({{format}}, {{buffer}}, {{offset}}, {{v}})", _ANY, pure=False),
        Row("struct.pack*", f"(format: &{format_}, v: &list[value]) -> bytes",
            f"{_AT}::pack({{format}}, &{{v}}.to_vec())", _ANY, pure=False),
        Row("struct.pack_into*",
            f"(format: &{format_}, buffer: &bytearray, offset: i64, v: &list[value]) -> none",
            f"{_AT}::pack_into({{format}}, {{buffer}}, {{offset}}, &{{v}}.to_vec())", _ANY,
            pure=False),
        *(
            row
            for buffer in _BUFFERS
            for row in (
                Row("struct.unpack",
                    f"(format: &{format_}, buffer: &{buffer}) -> vartuple[value]",
                    f"{_AT}::unpack({{format}}, {{buffer}})", _ANY),
                Row("struct.unpack_from",
                    f"(format: &{format_}, buffer: &{buffer}, offset: i64 = 0) -> vartuple[value]",
                    f"{_AT}::unpack_from({{format}}, {{buffer}}, {{offset}})", _ANY),
                Row("struct.iter_unpack",
                    f"(format: &{format_}, buffer: &{buffer}) -> iter[vartuple[value]]",
                    f"{_AT}::iter_unpack({{format}}, {{buffer}})", _ANY, pure=False),
            )
        ),
    )


ROWS: tuple[Row, ...] = (*_of_format("str"), *_of_format("bytes"), *_of_format("value"))
