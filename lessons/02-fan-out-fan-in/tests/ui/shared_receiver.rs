use std::sync::{Arc, Mutex, mpsc};
use std::thread;

fn main() {
    let (send, input) = mpsc::channel::<u64>();
    let input = Arc::new(Mutex::new(input));
    for _ in 0..2 {
        let input = input.clone();
        thread::spawn(move || input.lock().unwrap().recv());
    }
    send.send(1).unwrap();
}
