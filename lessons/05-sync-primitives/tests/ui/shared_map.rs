use std::collections::HashMap;
use std::sync::Arc;
use std::thread;

fn main() {
    let prices = Arc::new(HashMap::new());
    let of_the_thread = prices.clone();
    let pricing = thread::spawn(move || of_the_thread.insert("tea", 5));
    pricing.join().unwrap();
    println!("{:?}", prices.get("tea"));
}
