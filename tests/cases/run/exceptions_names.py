try: undefined_q
except NameError as e: print(e.name)
def f(c):
    if c: z = 1
    print(z)
try: f(0)
except UnboundLocalError as e: print(e.name, e)
try: import nonexistent_mod
except ImportError as e: print(e.name, e.path, e)
try: raise NameError("x")
except NameError as e: print(e.name)
try: raise ImportError("x", name="n", path="p")
except ImportError as e: print(e.name, e.path, e.msg)
