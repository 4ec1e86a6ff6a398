//! A shop with 100 000 pots of tea and four sellers, in two versions: the map as in Go, and the map as Rust likes it.
//!
//! `cargo run -q -p lesson-05-sync-primitives --example safe_map`

use std::thread;

use lesson_05_sync_primitives::journal::Journal;
use lesson_05_sync_primitives::map::{SafeMap, Stock, sell};

const SELLERS: u32 = 4;
const POTS: u32 = 100_000;

fn main() {
    let map = SafeMap::default();
    map.set("tea", POTS);
    println!("as in Go: get, then set");
    trade(|| sell(&map, "tea", 1), || map.get("tea").unwrap_or(0));

    let stock = Stock::default();
    stock.restock("tea", POTS);
    println!("\nas Rust likes it: sell in one step");
    trade(|| stock.sell("tea", 1), || stock.left("tea"));
}

fn trade(sell: impl Fn() -> bool + Sync, left: impl Fn() -> u32) {
    let journal = Journal::aloud();
    let sold: u32 = thread::scope(|scope| {
        let sellers: Vec<_> = (1..=SELLERS)
            .map(|seller| {
                let (sell, journal) = (&sell, &journal);
                scope.spawn(move || {
                    let sold: u32 = (0..POTS / SELLERS).map(|_| u32::from(sell())).sum();
                    journal.note(&format!("seller {seller}"), &format!("has sold {sold}"));
                    sold
                })
            })
            .collect();
        sellers.into_iter().map(|seller| seller.join().expect("selling does not panic")).sum()
    });
    println!("{POTS} pots, {sold} sold, {} left", left());
}
