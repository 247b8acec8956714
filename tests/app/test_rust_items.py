"""Functions of Rust modules as text."""

from __future__ import annotations

from portalis.app.rust_items import Item, items

MODULE = """\
//! fn not_this() {}

/// Says so.
/// fn nor_this() {
#[inline]
pub fn first<'a>(x: [u8; 2], c: &'a str) -> Result<[u8; 2]> {
    fn inside() {}
    let _ = ("}", '}', '\\'', b'{', r#"} " }"#, 'l: loop {
        break 'l; // }
    });
    Ok(x)
}
class! {
    fn of_a_macro() {}
}
trait Shape {
    fn area(&self) -> i64;
    fn twice(&self) -> i64 {
        self.area() * 2
    }
}
impl<T: Clone> Shape for Box<T> {
    fn area(&self) -> i64 { 1 }

    /// Another.
    pub(crate) fn r#type(&self) {
    }
}
pub fn last() {}
"""


def test_items_have_their_block_and_their_whole_text() -> None:
    found = items(MODULE)
    assert [(item.block, item.name) for item in found] == [
        ("", "first"),
        ("impl<T: Clone> Shape for Box<T>", "area"),
        ("impl<T: Clone> Shape for Box<T>", "type"),
        ("", "last"),
    ]
    texts = [item.text for item in found]
    assert texts[0] == MODULE[MODULE.index("/// Says") : MODULE.index("class!") - 1]
    assert texts[1] == "    fn area(&self) -> i64 { 1 }"
    assert texts[2] == "    /// Another.\n    pub(crate) fn r#type(&self) {\n    }"
    assert found[3] == Item("", "last", "pub fn last() {}")


def test_the_type_of_a_block_is_its_owner() -> None:
    heads = {
        "": "",
        "impl Box": "Box",
        "impl BoxFields": "BoxFields",
        "impl<T> Held<Box>": "Held",
        "impl From<Box> for crate::shop::Bag<T>": "Bag",
        "unsafe impl<'a> Send for Box": "Box",
    }
    assert {head: Item(head, "f", "").owner for head in heads} == heads


def test_what_does_not_end_is_left_out_or_ends_with_the_text() -> None:
    assert items("") == []
    assert items("fn no_body(") == []
    assert [item.text for item in items("fn open() {\n    1")] == ["fn open() {\n    1"]
