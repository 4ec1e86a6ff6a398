//! Books that are on the shelf or lent, and their sum.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

// ANCHOR: two_words
/// The books of a library: each is on the shelf, or lent.
pub struct Library {
    shelved: AtomicU64,
    lent: AtomicU64,
}

impl Library {
    /// Somebody takes a book home.
    pub fn lend(&self) {
        self.shelved.fetch_sub(1, Ordering::SeqCst);
        self.lent.fetch_add(1, Ordering::SeqCst);
    }

    /// All books.
    pub fn books(&self) -> u64 {
        self.shelved.load(Ordering::SeqCst) + self.lent.load(Ordering::SeqCst)
    }
}
// ANCHOR_END: two_words

impl Library {
    /// All books are on the shelf.
    pub fn with(books: u64) -> Self {
        Self { shelved: AtomicU64::new(books), lent: AtomicU64::new(0) }
    }
}

// ANCHOR: one_lock
/// The books of a library, where lending a book is one step.
pub struct Counted(Mutex<Books>);

struct Books {
    shelved: u64,
    lent: u64,
}

impl Counted {
    /// Somebody takes a book home.
    pub fn lend(&self) {
        let mut books = self.0.lock().unwrap();
        books.shelved -= 1;
        books.lent += 1;
    }

    /// All books.
    pub fn books(&self) -> u64 {
        let books = self.0.lock().unwrap();
        books.shelved + books.lent
    }
}
// ANCHOR_END: one_lock

impl Counted {
    /// All books are on the shelf.
    pub fn with(books: u64) -> Self {
        Self(Mutex::new(Books { shelved: books, lent: 0 }))
    }
}

/// A hundred books are counted while one of them is lent.
pub fn count_while_lending() {
    let library = Library::with(100);
    let books = thread::scope(|scope| {
        scope.spawn(|| library.lend());
        library.books()
    });
    assert_eq!(books, 100);
}

/// The same with one lock.
pub fn count_under_one_lock() {
    let library = Counted::with(100);
    let books = thread::scope(|scope| {
        scope.spawn(|| library.lend());
        library.books()
    });
    assert_eq!(books, 100);
}
