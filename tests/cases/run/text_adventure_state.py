"""A state machine driven by a script of commands."""

ROOMS = {
    "hall": {"north": "library", "east": "kitchen", "items": ["lamp"]},
    "library": {"south": "hall", "items": ["book", "key"]},
    "kitchen": {"west": "hall", "items": [], "locked": True},
}


class Game:
    def __init__(self, rooms, start):
        self.rooms = rooms
        self.here = start
        self.bag = []
        self.turns = 0
        self.over = False

    def do(self, line):
        self.turns += 1
        verb, *rest = line.lower().split()
        noun = rest[0] if rest else None
        handler = {
            "go": self.go,
            "take": self.take,
            "drop": self.drop,
            "look": self.look,
        }.get(verb)
        if verb == "quit":
            self.over = True
            return "bye"
        if handler is None:
            return f"I don't know how to {verb}"
        return handler(noun)

    def go(self, direction):
        room = self.rooms[self.here]
        if direction not in room or direction == "items":
            return "you bump into a wall"
        target = room[direction]
        if self.rooms[target].get("locked") and "key" not in self.bag:
            return f"the {target} is locked"
        self.here = target
        return self.look(None)

    def take(self, item):
        items = self.rooms[self.here]["items"]
        if item not in items:
            return f"no {item} here"
        items.remove(item)
        self.bag.append(item)
        return f"you hold {', '.join(sorted(self.bag))}"

    def drop(self, item):
        try:
            self.bag.remove(item)
        except ValueError:
            return f"you have no {item}"
        self.rooms[self.here]["items"].append(item)
        return f"dropped {item}"

    def look(self, _):
        items = self.rooms[self.here]["items"]
        exits = [d for d in self.rooms[self.here] if d not in ("items", "locked")]
        return f"{self.here}: {items or 'nothing'}; exits {'/'.join(exits)}"


game = Game(ROOMS, "hall")
script = """look
go east
take lamp
go north
take key
take sword
drop lamp
dance
go south
go east
look
quit
look"""
for command in script.splitlines():
    print(f"> {command}")
    print(game.do(command))
    if game.over:
        break
print(game.turns, game.bag, ROOMS["library"]["items"])
