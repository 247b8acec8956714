"""Rows read from and written to lines, files and texts in memory."""

import csv
import io
import os


def fails(action) -> None:
    try:
        action()
    except (csv.Error, TypeError, ValueError) as error:
        print(type(error).__name__, error)


TEXT = 'name,age,note\nAda,36,"first, of all"\nBob,,"said ""hi""\nand left"\n\nCy,7\nDee,1,2,3,4\n'

for row in csv.reader(io.StringIO(TEXT)):
    print(len(row), row)

people = list(csv.DictReader(io.StringIO(TEXT)))
for person in people:
    print(person)
print(people[0]["name"].upper(), sum(int(p["age"] or 0) for p in people))
reader = csv.DictReader(["a;b", "1;2"], delimiter=";", restkey="rest")
print(reader.fieldnames, list(reader), reader.line_num)
print(list(csv.DictReader(["1 2", "3"], fieldnames=["x", "y"], restval="none", delimiter=" ")))

out = io.StringIO()
writer = csv.writer(out)
print(writer.writerow(["plain", 1, 2.5, None, True, "a,b", 'q"q', "two\nlines", ""]))
writer.writerows([[1, 2], (3, 4), "xy", [], [""]])
print(repr(out.getvalue()))

for quoting in (csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC):
    out = io.StringIO()
    csv.writer(out, quoting=quoting, lineterminator="\n", delimiter="|").writerow(
        ["a", 1, "b|c", 0.5]
    )
    print(out.getvalue(), end="")

with open("people.csv", "w", newline="") as f:
    table = csv.DictWriter(f, fieldnames=["name", "age"], extrasaction="ignore")
    table.writeheader()
    table.writerow({"name": "Eve", "age": 3})
    table.writerows(people)
print(open("people.csv", newline="").read())
with open("people.csv", newline="") as f:
    table = csv.reader(f)
    header = next(table)
    print(header, [row[0] for row in table], table.line_num)
os.remove("people.csv")

print(list(csv.reader(["1,'a b',2.5"], quotechar="'", quoting=csv.QUOTE_NONNUMERIC)))
print(
    list(csv.reader(["a\tb\t'c"], dialect="excel-tab")),
    list(csv.reader(["a, b"], skipinitialspace=True)),
)
print(list(csv.reader(["a\\,b,c"], escapechar="\\")), list(csv.reader(['"a"b,c'])))
fails(lambda: list(csv.reader(['"a"b,c'], strict=True)))
fails(lambda: list(csv.reader(["a\rb"])))
fails(lambda: csv.reader(["a"], delimiter="ab"))
fails(lambda: csv.reader(["a"], dialect="none"))
fails(lambda: csv.writer(io.StringIO(), quoting=csv.QUOTE_NONE).writerow(["a,b"]))
fails(lambda: csv.DictWriter(io.StringIO(), ["a"]).writerow({"a": 1, "b": 2, "c": 3}))
