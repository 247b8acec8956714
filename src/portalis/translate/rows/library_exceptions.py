"""Exception classes of library modules that the runtime raises, as Rust statics."""

from __future__ import annotations

LIBRARY_EXCEPTIONS: dict[str, str] = {
    "re.error": "stdlib::regex::RE_ERROR",
    "json.JSONDecodeError": "stdlib::json::JSON_DECODE_ERROR",
    "json.decoder.JSONDecodeError": "stdlib::json::JSON_DECODE_ERROR",
    "struct.error": "stdlib::packing::STRUCT_ERROR",
    "binascii.Error": "stdlib::codecs::BINASCII_ERROR",
}
