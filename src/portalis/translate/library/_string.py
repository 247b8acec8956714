"""string.Template: `$name` and `${name}` in texts."""

from __future__ import annotations

from typing import Any

_FIRST = "_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_REST = _FIRST + "0123456789"
_IDPATTERN = "(?a:[_a-z][_a-z0-9]*)"
_NOTHING: dict[str, Any] = {}


class Template:
    delimiter = "$"
    idpattern = _IDPATTERN
    braceidpattern: str | None = None

    def __init__(self, template: str) -> None:
        if self.idpattern != _IDPATTERN or self.braceidpattern is not None:
            raise NotImplementedError("a Template with a pattern of its own is not translated")
        self.template = template

    def substitute(self, mapping: Any = _NOTHING, /, **kws: Any) -> str:
        return self._filled(mapping, kws, False)

    def safe_substitute(self, mapping: Any = _NOTHING, /, **kws: Any) -> str:
        return self._filled(mapping, kws, True)

    def is_valid(self) -> bool:
        return all(kind != "invalid" for kind, _ in self._pieces())

    def get_identifiers(self) -> list[str]:
        names: list[str] = []
        for kind, text in self._pieces():
            if kind in ("named", "braced") and text not in names:
                names.append(text)
        return names

    def _pieces(self) -> list[tuple[str, str]]:
        """Kind and text of each piece: what is invalid holds where, as a number."""
        text, mark = self.template, self.delimiter
        out: list[tuple[str, str]] = []
        at = 0
        while True:
            found = text.find(mark, at)
            if found < 0:
                out.append(("text", text[at:]))
                return out
            out.append(("text", text[at:found]))
            at = found + len(mark)
            brace = text.startswith("{", at)
            start = at + 1 if brace else at
            end = start
            while end < len(text) and text[end] in (_REST if end > start else _FIRST):
                end += 1
            if text.startswith(mark, at):
                out.append(("escaped", ""))
                at += len(mark)
            elif end > start and not brace:
                out.append(("named", text[start:end]))
                at = end
            elif end > start and text.startswith("}", end):
                out.append(("braced", text[start:end]))
                at = end + 1
            else:
                out.append(("invalid", str(at)))

    def _filled(self, mapping: Any, kws: dict[str, Any], is_safe: bool) -> str:
        mark = self.delimiter
        out: list[str] = []
        for kind, text in self._pieces():
            if kind == "text":
                out.append(text)
            elif kind == "escaped":
                out.append(mark)
            elif kind == "invalid":
                if not is_safe:
                    self._invalid(int(text))
                out.append(mark)
            else:
                try:
                    value = kws[text] if text in kws else mapping[text]
                    out.append(str(value))
                except KeyError:
                    if not is_safe:
                        raise
                    out.append(mark + text if kind == "named" else mark + "{" + text + "}")
        return "".join(out)

    def _invalid(self, at: int) -> None:
        lines = self.template[:at].splitlines(True)
        column = at - len("".join(lines[:-1]))
        raise ValueError(
            f"Invalid placeholder in string: line {max(len(lines), 1)}, col {max(column, 1)}"
        )
