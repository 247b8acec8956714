"""The garbage collector asked."""
import gc  # refuse

print(gc.collect() >= 0)
