use std::collections::VecDeque;
use std::sync::Mutex;

struct Queue<T>(Mutex<VecDeque<T>>);

impl<T> Queue<T> {
    fn peek(&self) -> Option<&T> {
        self.0.lock().unwrap().front()
    }
}

fn main() {
    let queue = Queue(Mutex::new(VecDeque::from([1, 2, 3])));
    println!("{:?}", queue.peek());
}
