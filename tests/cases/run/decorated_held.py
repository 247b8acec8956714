import functools
def deco(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        print("before", args, kwargs)
        return f(*args, **kwargs)
    return wrapper
@deco
def add(a, b):
    return a + b
fs = [add]
for f in fs:
    try:
        f(1)
    except TypeError as e:
        print(e)
    print(f(1, 2))
    try:
        f(1, 2, c=3)
    except TypeError as e:
        print(e)
def call(f, *a):
    return f(*a)
try:
    call(add, 1, 2, 3)
except TypeError as e:
    print(e)
def loud(f):
    def wrapper(*args, **kwargs):
        print("calling", f.__name__, len(args), sorted(kwargs))
        result = f(*args, **kwargs)
        print("called", f.__name__)
        return result
    return wrapper
@loud
def power(base, exp=2, *, shift=0):
    return base ** exp + shift
@loud
def total(*numbers, scale=1):
    return sum(numbers) * scale
for f in (power, total):
    for args, kwargs in (((3,), {}), ((), {}), ((2, 3), {"shift": 1}), ((1, 2, 3), {}), ((2,), {"nope": 1})):
        try:
            print(f(*args, **kwargs))
        except TypeError as e:
            print("error:", e)
print(list(map(power, [1, 2, 3])))
print(power(2, exp=5), total(1, 2, scale=3))
def register(handlers, name, f):
    handlers[name] = f
handlers = {}
@loud
def greet(name, greeting="Hello"):
    return f"{greeting}, {name}!"
register(handlers, "greet", greet)
print(handlers["greet"]("Bob", greeting="Hi"))
try:
    handlers["greet"]()
except TypeError as e:
    print(e)
