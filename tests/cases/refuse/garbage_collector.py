"""The garbage collector asked."""

import gc  # refuse: PT103

print(gc.collect() >= 0)  # refuse: PT103
