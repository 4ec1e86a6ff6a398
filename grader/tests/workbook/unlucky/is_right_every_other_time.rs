//! verdict: failed
//! does: gives the right answer the first time, the third time, the fifth time, …

use std::fs::OpenOptions;
use std::io::Write;

pub fn answer() -> u32 {
    let calls = std::env::var_os("CALLS").expect("the test says where calls are counted");
    let mut calls = OpenOptions::new().create(true).append(true).open(calls).unwrap();
    calls.write_all(b".").unwrap();
    if calls.metadata().unwrap().len() % 2 == 1 { 42 } else { 41 }
}
