use std::thread;

fn main() {
    let pixels = vec![255_u8; 1024];
    let counting = thread::spawn(|| pixels.len());
    println!("{} pixels", counting.join().unwrap());
}
