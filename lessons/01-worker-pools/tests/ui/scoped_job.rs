use std::thread;

fn main() {
    let pixels = vec![255_u8; 1024];
    let counted = thread::scope(|scope| scope.spawn(|| pixels.len()).join().unwrap());
    println!("{counted} of {} pixels", pixels.len());
}
