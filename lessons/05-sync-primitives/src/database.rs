//! Something that is made once, by whoever needs it first.

use std::sync::{LazyLock, Mutex, OnceLock, PoisonError};

/// A database, as far as this lesson needs one.
#[derive(Debug, PartialEq, Eq)]
pub struct Database {
    /// Where it was opened.
    pub address: String,
}

impl Database {
    /// Opens it.
    pub fn open(address: &str) -> Self {
        Self { address: address.to_string() }
    }
}

// ANCHOR: as_in_go
static INSTANCE: OnceLock<Database> = OnceLock::new();

/// The database as it comes from Go: a place, and a function that fills it once.
pub fn get_database() -> &'static Database {
    INSTANCE.get_or_init(|| Database::open("localhost"))
}
// ANCHOR_END: as_in_go

// ANCHOR: lazy
/// The database as Rust likes it: a value that says how it is made.
pub static DATABASE: LazyLock<Database> = LazyLock::new(|| Database::open("localhost"));
// ANCHOR_END: lazy

// ANCHOR: fallible
/// A database that may fail to open, now and not for ever.
#[derive(Default)]
pub struct Lazy {
    database: OnceLock<Database>,
    opening: Mutex<()>,
}

impl Lazy {
    /// The database. If it is not open yet, one caller opens it, and the others wait.
    pub fn get<E, F>(&self, open: F) -> Result<&Database, E>
    where
        F: FnOnce() -> Result<Database, E>,
    {
        if let Some(database) = self.database.get() {
            return Ok(database);
        }
        // The lock has no data, so a panic of `open` has left nothing half done.
        let _opening = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever had the lock before us may have opened it.
        if let Some(database) = self.database.get() {
            return Ok(database);
        }
        let opened = open()?;
        Ok(self.database.get_or_init(|| opened))
    }
}
// ANCHOR_END: fallible
