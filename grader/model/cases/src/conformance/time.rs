//! Time.

use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("sleepers_wake_in_order_of_time", sleepers, &["ab"]).or_in_real_time(&["ba"]),
    Case::new("a_sleep_takes_its_time", elapsed, &["true true true"]),
    Case::new("instants_can_be_reckoned_with", arithmetic, &["3s None 0ns true"]),
];

fn sleepers() -> String {
    let order = Arc::new(Mutex::new(String::new()));
    let sleep = |name, ms| {
        let order = order.clone();
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(ms));
            order.lock().unwrap().push(name);
        })
    };
    let threads = [sleep('b', 5), sleep('a', 1)];
    for thread in threads {
        thread.join().unwrap();
    }
    let order = order.lock().unwrap();
    order.clone()
}

fn elapsed() -> String {
    let (begun, system) = (Instant::now(), SystemTime::now());
    let nap = Duration::from_millis(2);
    thread::sleep(nap);
    let by_system = system.elapsed().unwrap_or(nap);
    let parked = Instant::now();
    while parked.elapsed() < nap {
        thread::park_timeout(nap);
    }
    format!("{} {} {}", begun.elapsed() >= nap * 2, Instant::now() > begun, by_system > Duration::ZERO)
}

fn arithmetic() -> String {
    let now = Instant::now();
    let mut later = now + Duration::from_secs(5);
    later -= Duration::from_secs(2);
    let none = now.checked_duration_since(later);
    let epoch = SystemTime::now().duration_since(UNIX_EPOCH).is_ok();
    format!("{:?} {none:?} {:?} {epoch}", later - now, now.saturating_duration_since(later))
}
