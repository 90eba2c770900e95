//! Dropping of lists that hold lists.

use std::any::Any;
use std::cell::{Cell, RefCell};

/// How many lists may be dropped inside of one another; those below wait, so that no nesting exhausts the stack.
const DEEPEST: usize = 32;

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    static WAITING: RefCell<Vec<Box<dyn Any>>> = const { RefCell::new(Vec::new()) };
}

/// One more list that is being dropped on this thread; less again also when that panics.
struct Level;

impl Level {
    fn enter() -> Self {
        DEPTH.set(DEPTH.get() + 1);
        Self
    }
}

impl Drop for Level {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get() - 1);
    }
}

/// Drops the items of a list: now, or when the lists around it are gone.
pub(super) fn release<T: 'static>(items: Vec<T>) {
    if !std::mem::needs_drop::<T>() || items.is_empty() {
        return;
    }
    let depth = DEPTH.get();
    if depth >= DEEPEST {
        WAITING.with_borrow_mut(|waiting| waiting.push(Box::new(items)));
        return;
    }
    let level = Level::enter();
    drop(items);
    if depth == 0 {
        while let Some(next) = WAITING.with_borrow_mut(Vec::pop) {
            drop(next);
        }
    }
    drop(level);
}
