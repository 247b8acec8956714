"""graphlib: topological order in one go and step by step, cycles; Python's own module."""

from graphlib import CycleError, TopologicalSorter

graph = {"d": ["b", "c"], "b": ["a"], "c": ["a"]}
print(list(TopologicalSorter(graph).static_order()))
steps = TopologicalSorter()
steps.add(3, 1, 2)
steps.add(2, 1)
steps.add(4)
steps.prepare()
while steps.is_active():
    ready = steps.get_ready()
    print(sorted(ready), bool(steps))
    steps.done(*ready)
try:
    TopologicalSorter({"a": ["b"], "b": ["c"], "c": ["a"]}).prepare()
except CycleError as error:
    print(error.args[0], error.args[1])
try:
    steps.prepare()
except ValueError as error:
    print(error)
fresh = TopologicalSorter({1: []})
try:
    fresh.get_ready()
except ValueError as error:
    print(error)
fresh.prepare()
for wrong in (7, 1):
    try:
        fresh.done(wrong)
    except ValueError as error:
        print(error)
print(list(TopologicalSorter({}).static_order()))
