"""Planets pulling at each other: float attributes of objects in nested loops."""

import math


class Body:
    def __init__(self, position: list[float], velocity: list[float], mass: float) -> None:
        self.x, self.y, self.z = position
        self.vx, self.vy, self.vz = velocity
        self.mass = mass


def advance(bodies: list[Body], dt: float) -> None:
    for i in range(len(bodies)):
        a = bodies[i]
        for j in range(i + 1, len(bodies)):
            b = bodies[j]
            dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
            distance2 = dx * dx + dy * dy + dz * dz
            pull = dt / (distance2 * math.sqrt(distance2))
            a.vx -= dx * b.mass * pull
            a.vy -= dy * b.mass * pull
            a.vz -= dz * b.mass * pull
            b.vx += dx * a.mass * pull
            b.vy += dy * a.mass * pull
            b.vz += dz * a.mass * pull
    for body in bodies:
        body.x += dt * body.vx
        body.y += dt * body.vy
        body.z += dt * body.vz


def energy(bodies: list[Body]) -> float:
    total = 0.0
    for i, a in enumerate(bodies):
        total += 0.5 * a.mass * (a.vx**2 + a.vy**2 + a.vz**2)
        for b in bodies[i + 1 :]:
            total -= a.mass * b.mass / math.dist([a.x, a.y, a.z], [b.x, b.y, b.z])
    return total


def main() -> None:
    bodies = [
        Body([0.0, 0.0, 0.0], [0.0, 0.0, 0.0], 40.0),
        Body([5.2, 0.1, -0.1], [0.6, 2.8, -0.02], 0.04),
        Body([9.5, 1.2, -0.4], [-0.4, 2.0, 0.01], 0.011),
        Body([19.0, -3.0, 0.2], [0.3, 1.4, 0.0], 0.002),
        Body([-10.0, 28.0, 0.1], [-1.1, -0.4, 0.03], 0.002),
    ]
    print(f"{energy(bodies):.9f}")
    for _ in range(100_000):
        advance(bodies, 0.001)
    print(f"{energy(bodies):.9f}")


main()
