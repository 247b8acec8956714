"""C functions called through ctypes."""

import ctypes  # refuse: PT103

libc = ctypes.CDLL(None)  # refuse: PT103
print(libc.abs(-3))
