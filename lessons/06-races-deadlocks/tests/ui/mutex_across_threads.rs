use std::sync::{Arc, Mutex};
use std::thread;

fn in_the_background(work: impl FnOnce() + Send + 'static) {
    thread::spawn(work);
}

fn main() {
    let balance = Arc::new(Mutex::new(100));
    let theirs = balance.clone();
    in_the_background(move || *theirs.lock().unwrap() -= 80);
    println!("{}", balance.lock().unwrap());
}
