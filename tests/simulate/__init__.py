"""The clerk on a virtual clock with faults: one seed, one history.

python -m tests.simulate.run --seeds 100000
"""
