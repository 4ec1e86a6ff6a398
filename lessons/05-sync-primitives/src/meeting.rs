//! Several threads that go on together.

use std::sync::{Barrier, Mutex};
use std::thread;

// ANCHOR: deal
/// Every player puts a card on the table, and then adds up what lies there.
pub fn sums(cards: &[u32]) -> Vec<u32> {
    let table = Mutex::new(Vec::new());
    let all_dealt = Barrier::new(cards.len());
    let play = |card| {
        table.lock().unwrap().push(card);
        all_dealt.wait();
        table.lock().unwrap().iter().sum()
    };
    thread::scope(|scope| {
        let players = cards.iter().map(|&card| scope.spawn(move || play(card)));
        let players: Vec<_> = players.collect();
        players.into_iter().map(|player| player.join().unwrap()).collect()
    })
}
// ANCHOR_END: deal
