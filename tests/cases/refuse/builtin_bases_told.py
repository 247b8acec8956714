"""One class that could be told from a dict does not hold others back."""


class Stack(list):
    def push(self, item):
        self.append(item)


class Open(dict):
    def __getattr__(self, name):
        return self[name]

    def __setattr__(self, name, value):  # refuse: PT206
        self[name] = value


stack = Stack()
stack.push(1)
print(stack)
print(Open(a=1).a)  # refuse: PT204
