//! verdict: passed
//! does: is right, with a lock that parks real threads.

use futures::executor::block_on;
use futures::lock::Mutex;

#[derive(Default)]
pub struct SharedCount(Mutex<u64>, std::sync::Mutex<()>);

impl SharedCount {
    pub fn add(&self) {
        let mut count = block_on(self.0.lock());
        drop(self.1.lock());
        *count += 1;
    }

    pub fn get(&self) -> u64 {
        *block_on(self.0.lock())
    }
}
