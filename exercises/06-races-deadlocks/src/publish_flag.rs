//! # `publish-flag`: two words, published once, with atomics alone
//!
//! Many threads may offer a pair of numbers. The first one is published; from then on everybody can read it. Nobody
//! ever waits, and nobody sees half of it.
//!
//! ```rust,ignore
//! let route = Published::new();
//! assert_eq!(route.read(), None);
//! assert!(route.publish(3, 4));
//! assert!(!route.publish(5, 6)); // somebody was first
//! assert_eq!(route.read(), Some((3, 4)));
//! ```
//!
//! # The contract
//!
//! - **`read`** is `None` until a publication is complete, and then the published pair: both words of one `publish`,
//!   never words of two, never zeros that nobody published.
//! - **For good.** The pair stays. Whoever has read it once reads it ever after, whatever others try to publish.
//! - **`publish`** returns `true` to exactly one of several callers, and their pair is the one that is read; a caller
//!   without rivals is that one. `true` says that the publication is complete: a `read` afterwards sees it. `false`
//!   says that somebody was first and that this call changed nothing; the other publication may not be complete yet.
//! - **Any pair** can be published: zeros and `u64::MAX` are numbers like others. A second publication of the same
//!   pair is a second one: `false`.
//! - **No waiting.** Neither call waits for another: if a publisher is stopped at any point, `read` and `publish` on
//!   other threads still return. So there is no lock, and no loop that ends only when somebody else goes on. Ask of
//!   each of your lines what happens if it is the last.
//! - **Other threads.** "Afterwards" means: later on the same thread, or on a thread that has heard of it by a join, a
//!   lock or a channel. Everything else must hold without that, in every order in which the memory model lets one
//!   thread see what another has written, not only as your processor does it.
//! - Each cell is published for itself.
//!
//! Nothing here needs `unsafe`. Who wants it for another design writes `#![allow(unsafe_code)]` above the first `use`.

/// A pair of words that is published at most once.
#[derive(Debug, Default)]
pub struct Published {
    // own the ends: which atomics hold the words, and which says how far the publication has come?
}

impl Published {
    /// A cell without a publication.
    pub fn new() -> Self {
        Self::default()
    }

    /// Publishes the pair, unless somebody was first. Says whether it did.
    pub fn publish(&self, a: u64, b: u64) -> bool {
        // bound: one caller gets the right to write
        // run: what must everybody be able to see by the time they see that the pair is there?
        let _ = (a, b);
        todo!("write the two words if nobody was first, and then say that they are there")
    }

    /// The published pair, if there is one.
    pub fn read(&self) -> Option<(u64, u64)> {
        todo!("return the pair if its publication is complete")
    }
}
