"""Class attributes that subclasses override, read through instances of the base."""


class Animal:
    sound = "..."
    legs = 4

    def speak(self):
        return f"{self.sound} on {self.legs}"


class Dog(Animal):
    sound = "woof"


class Bird(Animal):
    sound = "tweet"
    legs = 2


class Robin(Bird):
    def __init__(self):
        self.sound = "chirp"


animals: list[Animal] = [Animal(), Dog(), Bird(), Robin()]
for animal in animals:
    print(animal.speak(), animal.sound, animal.legs)
print(Animal.legs, Bird.legs, Robin.legs, Dog.sound)
one = Dog()
one.legs = 3
print(one.speak(), Dog().speak())
