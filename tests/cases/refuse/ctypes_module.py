"""C functions called through ctypes."""
import ctypes  # refuse: PT103

libc = ctypes.CDLL(None)
print(libc.abs(-3))
