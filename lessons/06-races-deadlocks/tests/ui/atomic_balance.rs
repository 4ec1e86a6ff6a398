use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;

fn at_once(one: impl FnOnce() + Send, other: impl FnOnce() + Send) {
    thread::scope(|scope| {
        scope.spawn(one);
        scope.spawn(other);
    });
}

fn main() {
    let balance = AtomicI64::new(100);
    let withdraw = || {
        balance.fetch_sub(80, Ordering::Relaxed);
    };
    at_once(withdraw, withdraw);
    println!("{}", balance.into_inner());
}
