//! Containers in fields, used where they lie: no handle is taken for a look at an element.
//!
//! Nothing here runs code of the program while the field is looked into: elements are
//! copied or counted up, and what an assignment replaces is dropped afterwards.

use crate::cell::{Plain, Slot};
use crate::list::stored;
use crate::stdlib::Array;
use crate::stdlib::array::Item;
use crate::{List, Py, Result};

macro_rules! held {
    ($place:ident) => {
        impl<T: Py> $place<List<T>> {
            /// `self.field[index]`.
            #[inline]
            pub fn item(&self, index: i64) -> Result<T> {
                self.look(|items| items.get(index))
            }

            /// `self.field[index] = value`.
            #[inline]
            pub fn set_item(&self, index: i64, value: T) -> Result<()> {
                stored(self.look(|items| items.exchange(index, value)))
            }

            /// `len(self.field)`.
            #[inline]
            pub fn len(&self) -> i64 {
                self.look(|list| list.len())
            }
        }

        impl<T: Py> $place<List<List<T>>> {
            /// `self.field[row][index]`.
            #[inline]
            pub fn item2(&self, row: i64, index: i64) -> Result<T> {
                self.look(|rows| rows.get2(row, index))
            }
        }

        impl<T: Item> $place<Array<T>> {
            /// `self.field[index]`.
            #[inline]
            pub fn item(&self, index: i64) -> Result<T> {
                self.look(|items| items.get(index))
            }

            /// `len(self.field)`.
            #[inline]
            pub fn len(&self) -> i64 {
                self.look(Array::len)
            }
        }
    };
}

held!(Slot);
held!(Plain);
