class Node:
    def __init__(self):
        # [next, event], linked in a circle while it is empty.
        self.first = [None, None]
        self.last = self.first

    def push(self, event):
        self.last[1] = [event, None]
        self.last = self.last[1]

    def items(self):
        out = []
        at = self.first
        while at[1]:
            at = at[1]
            out.append(at[0])
        return out


node = Node()
node.push("a")
node.push(2)
node.push((3.5, "x"))
print(node.items())
loop = []
loop.append(loop)
print(loop)
loop.append(1)
print(loop, len(loop), loop[0] is loop)
pair = [None, None]
pair[0] = pair
pair[1] = "end"
print(pair[0][0][1])
