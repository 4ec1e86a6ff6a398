//! `AtomicBool`.

use super::bits::Bits;

atomic!(AtomicBool, bool);
fetch!(AtomicBool, bool, fetch_and fetch_nand fetch_or fetch_xor);

impl AtomicBool {
    /// See [`std`](::std::sync::atomic::AtomicBool::fetch_not).
    #[track_caller]
    pub fn fetch_not(&self, order: ::std::sync::atomic::Ordering) -> bool {
        exchange!(self, "AtomicBool::fetch_not", format!("{order:?}"), order, self.value.fetch_not(order))
    }
}

impl Default for AtomicBool {
    fn default() -> Self {
        Self::new(false)
    }
}
