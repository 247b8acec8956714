from . import base


class Writer(base.Writer):
    def text(self):
        return f"deep {super().text()}"
