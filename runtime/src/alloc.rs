//! The allocator of translated programs: lists of free blocks, one list a size.
//!
//! Python's values are small and short-lived. A block goes back to the list of its size
//! and is handed out again by the next request of that size, on whatever thread that is;
//! the memory itself is never given back. What is large goes to the system.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ptr::null_mut;

/// The global allocator of a program:
/// `#[global_allocator] static BLOCKS: Blocks = Blocks;`.
pub struct Blocks;

const GRAIN: usize = 16;
/// The largest block that is kept in a list.
const LARGEST: usize = 1024;
const SIZES: usize = LARGEST / GRAIN;
/// What is asked of the system at once.
const CHUNK: usize = 1 << 18;

/// A free block holds the address of the next free one.
struct Free {
    next: *mut Free,
}

/// Invariant: every block of `lists[i]` has `(i + 1) * GRAIN` bytes that nobody uses, and
/// so have the `left` bytes, a multiple of `GRAIN`, at `fresh`; both are aligned to `GRAIN`.
struct Heap {
    lists: [Cell<*mut Free>; SIZES],
    fresh: Cell<*mut u8>,
    left: Cell<usize>,
}

thread_local! {
    // Without a destructor: it may be used until the thread's very end.
    static HEAP: Heap = const {
        Heap {
            lists: [const { Cell::new(null_mut()) }; SIZES],
            fresh: Cell::new(null_mut()),
            left: Cell::new(0),
        }
    };
}

/// The list of a request, if it is a small one.
#[inline(always)]
fn list_of(size: usize, align: usize) -> Option<usize> {
    // A request of 0 bytes wraps, and is none.
    let list = size.wrapping_sub(1) / GRAIN;
    (list < SIZES && align <= GRAIN).then_some(list)
}

impl Heap {
    #[inline(always)]
    fn take(&self, list: usize) -> *mut u8 {
        let first = self.lists[list].get();
        if first.is_null() {
            return self.cut((list + 1) * GRAIN);
        }
        // SAFETY: a block in a list is ours and holds the next one's address.
        self.lists[list].set(unsafe { (*first).next });
        first.cast()
    }

    /// A block that was never used.
    #[inline(never)]
    fn cut(&self, size: usize) -> *mut u8 {
        if self.left.get() < size {
            // What is left of the old chunk becomes a block of the size that it has.
            if self.left.get() > 0 {
                self.give(self.left.get() / GRAIN - 1, self.fresh.get());
                self.left.set(0);
            }
            // SAFETY: the layout is not empty.
            let chunk = unsafe { System.alloc(Layout::from_size_align(CHUNK, GRAIN).unwrap()) };
            if chunk.is_null() {
                return chunk;
            }
            self.fresh.set(chunk);
            self.left.set(CHUNK);
        }
        let block = self.fresh.get();
        // SAFETY: `left` bytes are at `fresh`, and `size` is no more than that.
        self.fresh.set(unsafe { block.add(size) });
        self.left.set(self.left.get() - size);
        block
    }

    #[inline(always)]
    fn give(&self, list: usize, block: *mut u8) {
        let block: *mut Free = block.cast();
        // SAFETY: the block is aligned, has room for an address, and nobody uses it.
        unsafe { (*block).next = self.lists[list].get() };
        self.lists[list].set(block);
    }
}

// SAFETY: blocks are of the size and alignment asked for, by the invariant of `Heap`; one
// that is handed out is in no list; nothing here panics or allocates through itself.
unsafe impl GlobalAlloc for Blocks {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        match list_of(layout.size(), layout.align()) {
            Some(list) => HEAP.with(|heap| heap.take(list)),
            // SAFETY: the caller's.
            None => unsafe { System.alloc(layout) },
        }
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        match list_of(layout.size(), layout.align()) {
            Some(list) => HEAP.with(|heap| heap.give(list, block)),
            // SAFETY: the caller's; a request of this layout went to the system.
            None => unsafe { System.dealloc(block, layout) },
        }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if list_of(layout.size(), layout.align()).is_none() {
            // SAFETY: the caller's.
            return unsafe { System.alloc_zeroed(layout) };
        }
        // SAFETY: the caller's; the block has the layout's size.
        unsafe {
            let block = self.alloc(layout);
            if !block.is_null() {
                block.write_bytes(0, layout.size());
            }
            block
        }
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let old = list_of(layout.size(), layout.align());
        let new = list_of(size, layout.align());
        if old.is_none() && new.is_none() {
            // SAFETY: the caller's; the block is the system's.
            return unsafe { System.realloc(block, layout, size) };
        }
        if old == new {
            return block;
        }
        // SAFETY: the caller's; both blocks have room for the smaller size.
        unsafe {
            let moved = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !moved.is_null() {
                moved.copy_from_nonoverlapping(block, layout.size().min(size));
                self.dealloc(block, layout);
            }
            moved
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_keep_what_is_written() {
        let mut held: Vec<(*mut u8, Layout, u8)> = Vec::new();
        let mut state = 7u64;
        for turn in 0..20_000u64 {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(turn);
            let random = (state >> 33) as usize;
            let size = random % 1500 + 1;
            if random % 3 == 0 && !held.is_empty() {
                let (block, layout, mark) = held.swap_remove(random % held.len());
                // SAFETY: the block was allocated with this layout.
                unsafe {
                    assert!((0..layout.size()).all(|i| *block.add(i) == mark));
                    if random % 2 == 0 {
                        let least = layout.size().min(size);
                        let moved = Blocks.realloc(block, layout, size);
                        assert!((0..least).all(|i| *moved.add(i) == mark));
                        moved.write_bytes(mark, size);
                        held.push((moved, Layout::from_size_align(size, 8).unwrap(), mark));
                    } else {
                        Blocks.dealloc(block, layout);
                    }
                }
                continue;
            }
            let layout = Layout::from_size_align(size, 8).unwrap();
            let mark = random as u8;
            // SAFETY: the layout is not empty.
            unsafe {
                let block = if random % 5 == 0 {
                    let zeroed = Blocks.alloc_zeroed(layout);
                    assert!((0..size).all(|i| *zeroed.add(i) == 0));
                    zeroed
                } else {
                    Blocks.alloc(layout)
                };
                assert!(block as usize % 8 == 0);
                block.write_bytes(mark, size);
                held.push((block, layout, mark));
            }
        }
        for (block, layout, _) in held {
            // SAFETY: the block was allocated with this layout.
            unsafe { Blocks.dealloc(block, layout) };
        }
    }
}
