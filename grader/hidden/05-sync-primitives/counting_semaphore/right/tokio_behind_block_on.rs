//! right: tokio's semaphore does the work, and a small executor parks the thread that waits for it.
//! not modelled: `block_on` waits for real.

use futures::executor::block_on;
use tokio::sync::{Semaphore, SemaphorePermit};

pub struct CountingSemaphore {
    inner: Semaphore,
}

pub struct Permit<'a> {
    _inner: SemaphorePermit<'a>,
}

impl CountingSemaphore {
    pub fn new(permits: usize) -> Self {
        Self { inner: Semaphore::new(permits) }
    }

    pub fn acquire(&self) -> Permit<'_> {
        Permit { _inner: block_on(self.inner.acquire()).expect("nobody closes the semaphore") }
    }

    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        self.inner.try_acquire().ok().map(|inner| Permit { _inner: inner })
    }

    pub fn add_permits(&self, n: usize) {
        self.inner.add_permits(n);
    }

    pub fn available(&self) -> usize {
        self.inner.available_permits()
    }
}
