//! # `concurrent-map`: a map that many threads use at once
//!
//! ```rust,ignore
//! let templates = ConcurrentMap::new();
//! let visits = ConcurrentMap::new();
//! thread::scope(|scope| {
//!     for page in &pages {
//!         scope.spawn(|| {
//!             let template = templates.get_or_insert_with(page.kind, || compile(page.kind)); // once per kind
//!             visits.get_or_insert_with(page.path, || 0);
//!             visits.update(page.path, |count| *count += 1); // every visit counts
//!             show(page, &template);
//!         });
//!     }
//! });
//! println!("{:?}", visits.snapshot());
//! ```
//!
//! # The contract
//!
//! - **Sharing.** Every method takes `&self`, and any number of threads may call any of them at any time. The map is
//!   `Send` and `Sync` if its keys and values are. A key or a value has to be `Clone` only where a method says so.
//! - **Missing keys.** For a key that is not there `get`, `remove` and `update` return `None`, change nothing and call
//!   nothing.
//! - **One step.** Each call takes effect at one moment between its beginning and its return, so nobody sees half of
//!   one. A key whose value is replaced or updated is never missing in between. What `insert` and `remove` take out
//!   is handed to exactly one caller, also if somebody is reading it at that moment. Updates follow one another: if n
//!   threads add 1 to a value m times each, they add n·m in all. A `snapshot` shows all entries as they were at one
//!   moment. Only `len` may be off while other calls are under way; when there are none, it is exact.
//! - **Readers together.** `get`s do not exclude each other, not even for the same key: any number of them can be
//!   inside `V::clone` at the same time. Every other method may keep everybody else waiting while it works, and that
//!   includes the closure or the `clone` that it runs. A call that waits for its turn may keep those that come after it
//!   waiting, too.
//! - **`get_or_insert_with`** returns a clone of the key's value. Only if the key is missing does `init` make that
//!   value, and then only once, however many callers find the key missing at the same time: they all get the same
//!   value. `init` belongs to one key; whether calls for other keys wait for it is up to you.
//! - **Panic.** If `init`, the closure of `update` or `V::clone` panics, the call panics, too, and that is all. Calls
//!   that wait and calls still to come work as if the panicking call had simply ended. After a panic in `init` the key
//!   is missing, and the next caller's `init` has its turn. After one in an update the entry is there, with whatever
//!   the closure had already done to it. After one in `clone` the entry is as it was. (One exception: if `init` has
//!   returned and the clone of its value panics, the key may be there or not.)
//! - **Foreign code.** What `insert` and `remove` hand out is dropped by the caller, and its `Drop` may use the map:
//!   no lock is held by then. Otherwise nothing that the map calls (closures, `clone`, `hash`, `eq`, the `Drop` of keys
//!   and of what a closure drops) may use the map itself; you need not guard against that.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::marker::PhantomData;

/// A map that many threads use at once.
pub struct ConcurrentMap<K, V> {
    // own: what stands between the threads and the entries, and whom does it let in together?
    entries: PhantomData<(K, V)>,
}

impl<K: Eq + Hash, V> ConcurrentMap<K, V> {
    /// An empty map.
    #[allow(clippy::new_without_default, reason = "`new` is all that the exercise asks for")]
    pub fn new() -> Self {
        todo!("make an empty map")
    }

    /// A clone of the key's value, if there is one.
    pub fn get<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        V: Clone,
    {
        let _ = (key, self.entries);
        todo!("clone the value, beside any number of others who do the same")
    }

    /// Puts a value under the key and returns the one that was there before.
    pub fn insert(&self, key: K, value: V) -> Option<V> {
        let _ = (key, value);
        todo!("replace the value, if there is one, in one step")
    }

    /// Takes the key's value out, if there is one.
    pub fn remove<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let _ = key;
        todo!("take the entry out and hand its value to the caller")
    }

    /// How many entries there are.
    #[allow(clippy::len_without_is_empty, reason = "`len` is all that the exercise asks for")]
    pub fn len(&self) -> usize {
        todo!("count the entries")
    }

    /// A clone of the key's value, which `init` makes if it is missing.
    pub fn get_or_insert_with<F>(&self, key: K, init: F) -> V
    where
        F: FnOnce() -> V,
        V: Clone,
    {
        // run: between "it is missing" and "I make it", who else may come to the same conclusion?
        let _ = (key, init);
        todo!("return the value that is there, or make it, once")
    }

    /// Lets `f` change the key's value in place, and returns what it returns.
    pub fn update<Q, F, R>(&self, key: &Q, f: F) -> Option<R>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        F: FnOnce(&mut V) -> R,
    {
        // run: and if `f` panics?
        let _ = (key, f);
        todo!("run `f` on the value, if there is one, while nobody else can touch it")
    }

    /// All entries, as they were at one moment.
    pub fn snapshot(&self) -> HashMap<K, V>
    where
        K: Clone,
        V: Clone,
    {
        // collect: while you copy one entry, what may become of the next?
        todo!("clone all entries while none of them changes")
    }
}
