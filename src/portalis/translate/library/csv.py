"""Rows of values in lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

QUOTE_MINIMAL = 0
QUOTE_ALL = 1
QUOTE_NONNUMERIC = 2
QUOTE_NONE = 3


class Error(Exception):
    pass


class Dialect:
    """How rows are written."""

    def __init__(
        self,
        delimiter: str = ",",
        quotechar: str | None = '"',
        escapechar: str | None = None,
        doublequote: bool = True,
        skipinitialspace: bool = False,
        lineterminator: str = "\r\n",
        quoting: int = QUOTE_MINIMAL,
        strict: bool = False,
    ) -> None:
        if len(delimiter) != 1:
            raise TypeError('"delimiter" must be a 1-character string')
        if quotechar is not None and len(quotechar) != 1:
            raise TypeError('"quotechar" must be a 1-character string')
        if escapechar is not None and len(escapechar) != 1:
            raise TypeError('"escapechar" must be a 1-character string')
        if quoting not in (0, 1, 2, 3):
            raise TypeError('bad "quoting" value')
        if quoting != QUOTE_NONE and quotechar is None:
            raise TypeError("quotechar must be set if quoting enabled")
        self.delimiter = delimiter
        self.quotechar = quotechar
        self.escapechar = escapechar
        self.doublequote = doublequote
        self.skipinitialspace = skipinitialspace
        self.lineterminator = lineterminator
        self.quoting = quoting
        self.strict = strict


def list_dialects() -> list[str]:
    return ["excel", "excel-tab", "unix"]


def _dialect(name: str, given: dict[str, Any]) -> Dialect:
    if name not in ("excel", "excel-tab", "unix"):
        raise Error("unknown dialect")
    options: dict[str, Any] = {}
    if name == "excel-tab":
        options["delimiter"] = "\t"
    elif name == "unix":
        options["quoting"] = QUOTE_ALL
        options["lineterminator"] = "\n"
    for key, value in given.items():
        if key not in _OPTIONS:
            raise TypeError(f"'{key}' is an invalid keyword argument for this function")
        options[key] = value
    return Dialect(**options)


_OPTIONS = (
    "delimiter", "quotechar", "escapechar", "doublequote", "skipinitialspace", "lineterminator",
    "quoting", "strict",
)  # fmt: skip

# Where the reader is: at a row's or a field's start, in a field, …
_ROW = 0
_START = 1
_FIELD = 2
_ESCAPED = 3
_AFTER_ESCAPED_END = 4
_QUOTED = 5
_ESCAPED_IN_QUOTES = 6
_QUOTE_IN_QUOTED = 7
_EATING = 8


class reader:
    def __init__(self, csvfile: Iterable[str], dialect: str = "excel", **fmtparams: Any) -> None:
        self.dialect = _dialect(dialect, fmtparams)
        self.line_num = 0
        self._lines: Iterator[str] = iter(csvfile)
        self._fields: list[Any] = []
        self._field: list[str] = []
        self._is_number = False
        self._state = _ROW
        self._special = f"\r\n{self.dialect.delimiter}{self.dialect.escapechar or ''}"

    def __iter__(self) -> Iterator[list[Any]]:
        return self

    def __next__(self) -> list[Any]:
        self._fields = []
        self._field = []
        self._is_number = False
        self._state = _ROW
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if self._field or self._state == _QUOTED:
                    if self.dialect.strict:
                        raise Error("unexpected end of data") from None
                    self._save()
                    return self._fields
                raise
            self.line_num += 1
            if self._take(line):
                return self._fields

    def _save(self) -> None:
        text = "".join(self._field)
        if self._is_number:
            self._fields.append(float(text))
            self._is_number = False
        else:
            self._fields.append(text)
        self._field = []

    def _take(self, line: str) -> bool:
        """Reads one line; whether the row ends with it."""
        for c in line:
            state = self._state
            if state == _FIELD and c not in self._special:
                self._field.append(c)
            elif state in (_QUOTED, _QUOTE_IN_QUOTED, _ESCAPED_IN_QUOTES):
                self._take_quoted(c, state)
            elif state == _EATING:
                if c not in "\r\n":
                    raise Error(
                        "new-line character seen in unquoted field - do you need to open the "
                        "file in universal-newline mode?"
                    )
            else:
                self._take_bare(c, state)
        return self._end_line()

    def _end_line(self) -> bool:
        state = self._state
        if state in (_ESCAPED, _ESCAPED_IN_QUOTES):
            self._field.append("\n")
            self._state = _FIELD if state == _ESCAPED else _QUOTED
            return False
        if state in (_QUOTED, _AFTER_ESCAPED_END):
            return False
        if state not in (_ROW, _EATING):
            self._save()
        self._state = _ROW
        return True

    def _take_bare(self, c: str, state: int) -> None:
        d = self.dialect
        if state == _ESCAPED:
            self._field.append(c)
            self._state = _AFTER_ESCAPED_END if c in "\r\n" else _FIELD
        elif c in "\r\n":
            if state != _ROW:
                self._save()
            self._state = _EATING
        elif state == _FIELD or state == _AFTER_ESCAPED_END:
            if c == d.escapechar:
                self._state = _ESCAPED
            elif c == d.delimiter:
                self._save()
                self._state = _START
            else:
                self._field.append(c)
        elif c == d.quotechar and d.quoting != QUOTE_NONE:
            self._state = _QUOTED
        elif c == d.escapechar:
            self._state = _ESCAPED
        elif c == " " and d.skipinitialspace:
            self._state = _START
        elif c == d.delimiter:
            self._save()
            self._state = _START
        else:
            self._is_number = d.quoting == QUOTE_NONNUMERIC
            self._field.append(c)
            self._state = _FIELD

    def _take_quoted(self, c: str, state: int) -> None:
        d = self.dialect
        if state == _ESCAPED_IN_QUOTES:
            self._field.append(c)
            self._state = _QUOTED
        elif state == _QUOTED:
            if c == d.escapechar:
                self._state = _ESCAPED_IN_QUOTES
            elif c == d.quotechar and d.quoting != QUOTE_NONE:
                self._state = _QUOTE_IN_QUOTED if d.doublequote else _FIELD
            else:
                self._field.append(c)
        elif c == d.quotechar and d.quoting != QUOTE_NONE:
            self._field.append(c)
            self._state = _QUOTED
        elif c == d.delimiter:
            self._save()
            self._state = _START
        elif c in "\r\n":
            self._save()
            self._state = _EATING
        elif d.strict:
            raise Error(f"'{d.delimiter}' expected after '{d.quotechar}'")
        else:
            self._field.append(c)
            self._state = _FIELD


class writer:
    def __init__(self, csvfile: Any, dialect: str = "excel", **fmtparams: Any) -> None:
        self.dialect = _dialect(dialect, fmtparams)
        self._file = csvfile

    def writerow(self, row: Iterable[Any]) -> Any:
        d = self.dialect
        fields: list[str] = []
        for value in row:
            fields.append(self._shown(value))
        if len(fields) == 1 and fields[0] == "":
            if d.quoting == QUOTE_NONE:
                raise Error("single empty field record must be quoted")
            fields[0] = f"{d.quotechar}{d.quotechar}"
        return self._file.write(d.delimiter.join(fields) + d.lineterminator)

    def writerows(self, rows: Iterable[Iterable[Any]]) -> None:
        for row in rows:
            self.writerow(row)

    def _shown(self, value: Any) -> str:
        d = self.dialect
        is_quoted = d.quoting == QUOTE_ALL
        if value is None:
            text = ""
        else:
            text = str(value)
        if d.quoting == QUOTE_NONNUMERIC:
            is_quoted = not isinstance(value, (int, float))
        out = ""
        for c in text:
            if c == d.delimiter or c == d.escapechar or c == d.quotechar or c in d.lineterminator:
                is_escaped = d.quoting == QUOTE_NONE
                if d.quoting != QUOTE_NONE:
                    if c == d.quotechar:
                        if d.doublequote:
                            out += c
                        else:
                            is_escaped = True
                    elif c == d.escapechar:
                        is_escaped = True
                    if not is_escaped:
                        is_quoted = True
                if is_escaped:
                    if d.escapechar is None:
                        raise Error("need to escape, but no escapechar set")
                    out += d.escapechar
            out += c
        return f"{d.quotechar}{out}{d.quotechar}" if is_quoted else out


class DictReader:
    def __init__(
        self,
        f: Iterable[str],
        fieldnames: list[str] | None = None,
        restkey: str | None = None,
        restval: str | None = None,
        dialect: str = "excel",
        **fmtparams: Any,
    ) -> None:
        self._fieldnames = fieldnames
        self.restkey = restkey
        self.restval = restval
        self.reader = reader(f, dialect, **fmtparams)
        self.line_num = 0

    @property
    def fieldnames(self) -> list[str] | None:
        if self._fieldnames is None:
            try:
                self._fieldnames = next(self.reader)
            except StopIteration:
                pass
        self.line_num = self.reader.line_num
        return self._fieldnames

    def __iter__(self) -> Iterator[dict[Any, Any]]:
        return self

    def __next__(self) -> dict[Any, Any]:
        names = self.fieldnames
        row = next(self.reader)
        self.line_num = self.reader.line_num
        while row == []:
            row = next(self.reader)
        found: dict[Any, Any] = {}
        if names is None:
            raise NotImplementedError("csv: rows without names are not translated")
        for name, value in zip(names, row):
            found[name] = value
        if len(names) < len(row):
            found[self.restkey] = row[len(names) :]
        for name in names[len(row) :]:
            found[name] = self.restval
        return found


class DictWriter:
    def __init__(
        self,
        f: Any,
        fieldnames: Iterable[str],
        restval: Any = "",
        extrasaction: str = "raise",
        dialect: str = "excel",
        **fmtparams: Any,
    ) -> None:
        self.fieldnames = list(fieldnames)
        self.restval = restval
        if extrasaction.lower() not in ("raise", "ignore"):
            raise ValueError(f"extrasaction ({extrasaction}) must be 'raise' or 'ignore'")
        self.extrasaction = extrasaction
        self.writer = writer(f, dialect, **fmtparams)

    def writeheader(self) -> Any:
        return self.writer.writerow(self.fieldnames)

    def _row(self, rowdict: dict[str, Any]) -> list[Any]:
        if self.extrasaction == "raise":
            wrong = set(rowdict)
            wrong.difference_update(self.fieldnames)
            if wrong:
                shown = ", ".join([repr(name) for name in wrong])
                raise ValueError(f"dict contains fields not in fieldnames: {shown}")
        return [rowdict.get(name, self.restval) for name in self.fieldnames]

    def writerow(self, rowdict: dict[str, Any]) -> Any:
        return self.writer.writerow(self._row(rowdict))

    def writerows(self, rowdicts: Iterable[dict[str, Any]]) -> None:
        for row in rowdicts:
            self.writer.writerow(self._row(row))
