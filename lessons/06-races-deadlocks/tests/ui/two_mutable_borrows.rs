use std::thread;

fn at_once(one: impl FnOnce() + Send, other: impl FnOnce() + Send) {
    thread::scope(|scope| {
        scope.spawn(one);
        scope.spawn(other);
    });
}

fn main() {
    let mut balance = 100;
    at_once(|| balance -= 80, || balance -= 80);
    println!("{balance}");
}
