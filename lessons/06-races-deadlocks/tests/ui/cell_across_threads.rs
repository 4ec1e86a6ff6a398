use std::cell::RefCell;
use std::sync::Arc;
use std::thread;

fn in_the_background(work: impl FnOnce() + Send + 'static) {
    thread::spawn(work);
}

fn main() {
    let balance = Arc::new(RefCell::new(100));
    let theirs = balance.clone();
    in_the_background(move || *theirs.borrow_mut() -= 80);
    println!("{}", balance.borrow());
}
