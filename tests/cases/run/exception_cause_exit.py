"""An exception raised from another, uncaught."""


class ConfigError(Exception):
    def __str__(self) -> str:
        return f"bad config: {self.args[0]}"


def load(text: str) -> int:
    try:
        return int(text)
    except ValueError as e:
        raise ConfigError(text) from e


print(load("12"))
print(load("twelve"))
