"""Groups of exceptions and `except*`."""


def split(error):
    try:  # refuse: PT201
        raise error
    except* ValueError as group:
        print(group.exceptions)


def made():
    try:
        raise ExceptionGroup("several", [ValueError(1)])  # refuse: PT203
    except ExceptionGroup as group:
        print(group.message)


split(ValueError(2))
made()
