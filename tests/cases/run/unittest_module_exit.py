import re
import sys
import unittest
from unittest import SkipTest


class Stack:
    def __init__(self, items=()):
        self.items = list(items)

    def push(self, item):
        self.items.append(item)

    def pop(self):
        if not self.items:
            raise IndexError("pop from empty stack")
        return self.items.pop()

    def __eq__(self, other):
        return isinstance(other, Stack) and self.items == other.items

    def __repr__(self):
        return f"Stack({self.items!r})"


def mean(values):
    if not values:
        raise ValueError("mean of nothing", 3)
    return sum(values) / len(values)


class Base(unittest.TestCase):
    made = 0

    @classmethod
    def setUpClass(cls):
        print("class begins")

    def setUp(self):
        Base.made += 1
        self.stack = Stack([1, 2, 3])

    def tearDown(self):
        print("down", self.stack)


class TestStack(Base):
    maxDiff = None

    def setUp(self):
        super().setUp()
        self.words = ["a", "b"]

    @classmethod
    def tearDownClass(cls):
        print("class ends", Base.made)

    def test_pop(self):
        """Items come off the end."""
        self.assertEqual(self.stack.pop(), 3)
        self.assertEqual(self.stack, Stack([1, 2]))
        self.assertNotEqual(self.stack, Stack([]))
        self.assertIsNotNone(self.stack)
        self.assertIsNone(None)

    def test_empty(self):
        empty = Stack()
        with self.assertRaises(IndexError) as caught:
            empty.pop()
        self.assertEqual(str(caught.exception), "pop from empty stack")
        self.assertRaises(IndexError, empty.pop)
        with self.assertRaisesRegex(IndexError, r"empty \w+"):
            empty.pop()

    def test_mean(self):
        self.assertAlmostEqual(mean([0.1, 0.2, 0.3]), 0.2)
        self.assertAlmostEqual(mean([1, 2]), 1.52, delta=0.1)
        self.assertNotAlmostEqual(1.0, 1.1, places=3)
        with self.assertRaises(ValueError) as context:
            mean([])
        self.assertEqual(context.exception.args[0], "mean of nothing")
        self.assertRaises((ValueError, TypeError), mean, [])

    def test_members(self):
        self.assertIn("a", self.words)
        self.assertNotIn("c", self.words, "never there")
        self.assertIsInstance(self.words, list)
        self.assertNotIsInstance(self.words, (str, dict))
        self.assertTrue(self.words)
        self.assertFalse([])
        self.assertIs(self.words, self.words)
        self.assertIsNot(self.words, ["a", "b"])

    def test_order(self):
        self.assertLess(1, 2)
        self.assertLessEqual(2, 2)
        self.assertGreater("b", "a")
        self.assertGreaterEqual(2.5, 2)
        self.assertListEqual([1, 2], [1, 2])
        self.assertTupleEqual((1, "x"), (1, "x"))
        self.assertDictEqual({"a": 1}, {"a": 1})
        self.assertSetEqual({1, 2}, {2, 1})
        self.assertCountEqual([3, 1, 1], [1, 3, 1])
        self.assertSequenceEqual([1, 2], (1, 2))
        self.assertMultiLineEqual("a\nb", "a\nb")
        self.assertRegex("some text", "t.xt")
        self.assertRegex("some text", re.compile("^some"))
        self.assertNotRegex("some text", "^t")


class TestOutcomes(unittest.TestCase):
    def test_a_fails(self):
        print("before")
        self.assertEqual([1, 2], [1, 3])
        print("never")

    def test_b_raises(self):
        self.addCleanup(print, "cleaned", len("four"))
        mean([])

    @unittest.skip("not today")
    def test_c_skipped(self):
        print("never")

    @unittest.skipIf(sys.version_info < (3, 0), "old")
    @unittest.skipUnless(sys.maxsize > 1, "small")
    def test_d_not_skipped(self):
        print("ran")

    @unittest.expectedFailure
    def test_e_expected(self):
        self.assertTrue(False, "as expected")

    def test_f_subtests(self):
        for number in range(4):
            with self.subTest("parity", number=number):
                self.assertEqual(number % 2, 0)
                print("even", number)

    def test_g_skips_itself(self):
        if len("x") == 1:
            raise SkipTest("itself")
        self.fail("never")

    def test_h_not_raised(self):
        with self.assertRaises(KeyError):
            {1: 2}[1]

    def test_i_message(self):
        try:
            self.assertEqual(1, 2, f"numbers {1 + 1}")
        except AssertionError as error:
            print(error)
        try:
            self.assertIn("x", {"y": 1})
        except self.failureException as error:
            print(error)
        try:
            self.assertLess(3, 2)
        except AssertionError as error:
            print(error)
        try:
            self.assertAlmostEqual(1.0, 1.5)
        except AssertionError as error:
            print(error)
        try:
            self.assertRaises(ValueError, int, "3")
        except AssertionError as error:
            print(error)
        try:
            self.fail()
        except AssertionError as error:
            print(error)
        self.skipTest("done")


@unittest.skip("the whole class")
class TestNever(unittest.TestCase):
    def test_never(self):
        print("never")


if __name__ == "__main__":
    unittest.main()
