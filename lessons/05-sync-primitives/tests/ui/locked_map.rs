use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::thread;

fn main() {
    let prices = Arc::new(Mutex::new(HashMap::new()));
    let of_the_thread = prices.clone();
    let pricing = thread::spawn(move || of_the_thread.lock().unwrap().insert("tea", 5));
    pricing.join().unwrap();
    assert_eq!(prices.lock().unwrap().get("tea"), Some(&5));
}
