def quietly(f):
    def wrapper(*args, **kwargs):
        try:
            return f(*args, **kwargs)
        except Exception as error:
            return f"caught {error}"

    return wrapper


@quietly
def add(a, b):
    return a + b


print(add(1, 2))
print(add(1))  # refuse: PT205
