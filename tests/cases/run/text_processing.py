"""Parsing small text formats: CSV, INI, logs, a table and word wrap."""

CSV = """name,dept,salary
Ann,eng,120.5
Bob,ops,80
"Cid, Jr.",eng,99.25
"""
INI = """
; comment
[server]
host = localhost
port = 8080

[paths]
root=/var/data
empty =
"""
LOG = [
    "2024-01-01 10:00:01 INFO start",
    "2024-01-01 10:00:02 ERROR disk full: /dev/sda",
    "2024-01-01 10:05:00 WARN slow",
    "bad line",
    "2024-01-02 00:00:00 ERROR net",
]


def parse_csv_line(line: str) -> list[str]:
    fields, current, quoted = [], "", False
    for ch in line:
        if ch == '"':
            quoted = not quoted
        elif ch == "," and not quoted:
            fields.append(current)
            current = ""
        else:
            current += ch
    fields.append(current)
    return fields


def parse_ini(text: str) -> dict[str, dict[str, str]]:
    sections: dict[str, dict[str, str]] = {}
    current: dict[str, str] = {}
    for raw in text.splitlines():
        line = raw.strip()
        if not line or line.startswith(";"):
            continue
        if line[0] == "[" and line[-1] == "]":
            current = sections.setdefault(line[1:-1], {})
        else:
            key, _, value = line.partition("=")
            current[key.strip()] = value.strip()
    return sections


def wrap(text: str, width: int) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return lines + [line] if line else lines


header, *rows = [parse_csv_line(l) for l in CSV.strip().split("\n")]
records = [dict(zip(header, row)) for row in rows]
print(records)
by_dept: dict[str, list[float]] = {}
for r in records:
    by_dept.setdefault(r["dept"], []).append(float(r["salary"]))
for dept, salaries in by_dept.items():
    print(
        f"{dept:>5}: n={len(salaries)} mean={sum(salaries) / len(salaries):.3f} max={max(salaries)}"
    )
config = parse_ini(INI)
print(config, int(config["server"]["port"]) + 1)
levels: dict[str, int] = {}
for lineno, entry in enumerate(LOG, 1):
    parts = entry.split(" ", 3)
    try:
        date, time, level, message = parts
    except ValueError as e:
        print(f"line {lineno}: {e}")
        continue
    hours, minutes, seconds = map(int, time.split(":"))
    levels[level] = levels.get(level, 0) + 1
    print(
        date.replace("-", "/"),
        hours * 3600 + minutes * 60 + seconds,
        level.lower(),
        message.title(),
    )
print(levels)
for l in wrap("The quick brown fox jumps over the extraordinarily lazy dog again", 16):
    print(f"|{l:<16}|")
