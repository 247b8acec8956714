"""A singly linked list with sentinel-free code, reversal and iteration."""


class Node:
    def __init__(self, value, next_node=None):
        self.value = value
        self.next = next_node


class LinkedList:
    def __init__(self, values=()):
        self.head = None
        self.size = 0
        for v in values:
            self.append(v)

    def append(self, value):
        node = Node(value)
        if self.head is None:
            self.head = node
        else:
            current = self.head
            while current.next is not None:
                current = current.next
            current.next = node
        self.size += 1

    def push(self, value):
        self.head = Node(value, self.head)
        self.size += 1

    def pop(self):
        if self.head is None:
            raise IndexError("pop from empty list")
        value = self.head.value
        self.head = self.head.next
        self.size -= 1
        return value

    def remove(self, value):
        prev, current = None, self.head
        while current:
            if current.value == value:
                if prev:
                    prev.next = current.next
                else:
                    self.head = current.next
                self.size -= 1
                return True
            prev, current = current, current.next
        return False

    def reverse(self):
        prev = None
        current = self.head
        while current:
            current.next, prev, current = prev, current, current.next
        self.head = prev

    def middle(self):
        slow = fast = self.head
        while fast and fast.next:
            slow = slow.next
            fast = fast.next.next
        return slow.value if slow else None

    def __len__(self):
        return self.size

    def __iter__(self):
        current = self.head
        while current:
            yield current.value
            current = current.next

    def __str__(self):
        return " -> ".join(str(v) for v in self) or "empty"


numbers = LinkedList([1, 2, 3, 4, 5])
print(numbers, len(numbers), numbers.middle())
numbers.reverse()
print(numbers, list(numbers))
print(numbers.remove(3), numbers.remove(42), numbers.remove(5), numbers)
numbers.push(100)
print(numbers.pop(), numbers.pop(), numbers, sum(numbers), max(numbers), 2 in numbers)
empty = LinkedList()
print(empty, len(empty), empty.middle(), bool(empty))
try:
    empty.pop()
except IndexError as e:
    print("error:", e)
for a, b in zip(numbers, LinkedList([7, 8, 9])):
    print(a, b)
