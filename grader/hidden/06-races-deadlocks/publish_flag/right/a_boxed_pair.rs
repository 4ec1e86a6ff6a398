//! right: a pointer to a boxed pair: one exchange both decides and publishes, and whoever comes late frees their own box.

#![allow(unsafe_code)]

use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

/// Null, or a pair from `Box::into_raw` that is never written again.
#[derive(Debug)]
pub struct Published(AtomicPtr<(u64, u64)>);

impl Published {
    pub fn new() -> Self {
        Self(AtomicPtr::new(ptr::null_mut()))
    }

    pub fn publish(&self, a: u64, b: u64) -> bool {
        let pair = Box::into_raw(Box::new((a, b)));
        let first = self.0.compare_exchange(ptr::null_mut(), pair, Ordering::Release, Ordering::Relaxed).is_ok();
        if !first {
            // SAFETY: the exchange failed, so nobody else has seen this box.
            drop(unsafe { Box::from_raw(pair) });
        }
        first
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        // SAFETY: a pair that is not null lives as long as the cell, and the acquire makes its words visible.
        unsafe { self.0.load(Ordering::Acquire).as_ref() }.copied()
    }
}

impl Drop for Published {
    fn drop(&mut self) {
        let pair = *self.0.get_mut();
        if !pair.is_null() {
            // SAFETY: it came from `Box::into_raw`, and with `&mut self` nobody reads it any more.
            drop(unsafe { Box::from_raw(pair) });
        }
    }
}
