//! What a thread is about to do, as it announces it.

use std::panic::Location;
use std::ptr;

use crate::world;

/// An operation: its name, the place it is called from, the object it is about.
#[derive(Debug)]
pub struct Op {
    pub(crate) name: &'static str,
    pub(crate) place: Option<&'static Location<'static>>,
    pub(crate) object: usize,
    pub(crate) args: Option<String>,
}

impl Op {
    /// An operation called at the caller's place.
    #[track_caller]
    pub fn new(name: &'static str) -> Self {
        Self { name, place: Some(Location::caller()), object: 0, args: None }
    }

    /// An operation without a caller that could be asked for its place: a destructor. In a story its place is
    /// found by walking the stack.
    pub fn unplaced(name: &'static str) -> Self {
        Self { name, place: None, object: 0, args: None }
    }

    /// The object the operation is about, known by its address.
    pub fn on<T: ?Sized>(mut self, object: &T) -> Self {
        self.object = ptr::from_ref(object).addr();
        self
    }

    /// The arguments as the story shows them. `text` runs only while a story is being told.
    pub fn with(mut self, text: impl FnOnce() -> String) -> Self {
        if world::telling() {
            self.args = Some(text());
        }
        self
    }

    /// The same operation, announced once more: its wait, after the step that began it.
    pub fn again(&self) -> Self {
        Self { name: self.name, place: self.place, object: self.object, args: self.args.clone() }
    }
}
