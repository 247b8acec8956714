"""C functions called through ctypes."""
import ctypes  # refuse

libc = ctypes.CDLL(None)
print(libc.abs(-3))
