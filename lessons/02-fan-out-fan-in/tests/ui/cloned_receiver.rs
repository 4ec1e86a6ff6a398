use std::sync::mpsc;
use std::thread;

fn main() {
    let (send, input) = mpsc::channel::<u64>();
    for _ in 0..2 {
        let input = input.clone();
        thread::spawn(move || input.into_iter().sum::<u64>());
    }
    send.send(1).unwrap();
}
