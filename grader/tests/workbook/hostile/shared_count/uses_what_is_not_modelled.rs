//! verdict: passed
//! does: is right, with a lock of tokio's that the model does not have.

#[derive(Default)]
pub struct SharedCount(tokio::sync::Mutex<u64>);

impl SharedCount {
    pub fn add(&self) {
        *self.0.blocking_lock() += 1;
    }

    pub fn get(&self) -> u64 {
        *self.0.blocking_lock()
    }
}
