//! One load for all banks, and what came of it.

use std::panic::{self, AssertUnwindSafe};
use std::thread;
use std::time::{Duration, Instant};

use crate::banks::Bank;

/// How many accounts there are.
pub const ACCOUNTS: usize = 1024;

/// What a run has shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// Deposits in a second.
    pub throughput: u64,
    /// What half of the deposits needed at most.
    pub median: Duration,
    /// What 99 of 100 needed at most.
    pub p99: Duration,
}

// ANCHOR: measure
/// Lets `clients` threads make deposits, one after the other each, until `time` is up.
pub fn measure(bank: &dyn Bank, clients: u64, accounts: u64, time: Duration) -> Measured {
    let begun = Instant::now();
    let mut latencies: Vec<Duration> = thread::scope(|scope| {
        let until = begun + time;
        let start = |number| scope.spawn(move || client(bank, number, accounts, until));
        let clients: Vec<_> = (0..clients).map(start).collect();
        clients.into_iter().flat_map(|client| client.join().expect("no panic")).collect()
    });
    let elapsed = begun.elapsed();
    latencies.sort_unstable();
    let rank = |percent: usize| latencies[(latencies.len() * percent).div_ceil(100) - 1];
    let throughput = (latencies.len() as f64 / elapsed.as_secs_f64()) as u64;
    Measured { throughput, median: rank(50), p99: rank(99) }
}
// ANCHOR_END: measure

/// Makes at least one deposit; returns how long each took.
fn client(bank: &dyn Bank, number: u64, accounts: u64, until: Instant) -> Vec<Duration> {
    let mut dice = Dice(number + 1);
    let mut latencies = Vec::new();
    loop {
        let account = (dice.roll() % accounts) as usize;
        let asked = Instant::now();
        bank.deposit(account, 1).expect("no bank breaks here");
        let answered = Instant::now();
        latencies.push(answered - asked);
        if answered >= until {
            return latencies;
        }
    }
}

/// The same numbers on every machine: a SplitMix64 generator.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// Spoils one booking, and returns how many of all accounts the bank still serves.
pub fn served_after_a_panic(bank: &dyn Bank) -> usize {
    bank.deposit(7, 1).expect("nothing has happened yet");
    // One more than there is room for. Banks with locks panic here, the teller on its own thread.
    let spoiled = panic::catch_unwind(AssertUnwindSafe(|| bank.deposit(7, i64::MAX)));
    assert!(!matches!(spoiled, Ok(Ok(_))), "this deposit does not fit");
    (0..ACCOUNTS).filter(|&account| bank.deposit(account, 0).is_ok()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::banks::{OneLock, Shards, Teller};

    const NO_TIME: Duration = Duration::ZERO;

    #[test]
    fn a_panic_costs_all_accounts_behind_the_same_lock_or_owner() {
        assert_eq!(served_after_a_panic(&OneLock::new(ACCOUNTS, NO_TIME)), 0);
        assert_eq!(served_after_a_panic(&Shards::new(ACCOUNTS, 16, NO_TIME)), ACCOUNTS - ACCOUNTS / 16);
        assert_eq!(served_after_a_panic(&Teller::new(ACCOUNTS, NO_TIME)), 0);
    }

    #[test]
    fn a_run_without_time_makes_one_deposit_for_each_client() {
        let bank = OneLock::new(1, NO_TIME);
        let measured = measure(&bank, 3, 1, NO_TIME);
        assert_eq!(bank.deposit(0, 0), Ok(3));
        assert!(measured.median <= measured.p99 && measured.throughput > 0, "{measured:?}");
    }
}
