//! Small programs that tell memory models apart, each with exactly the outcomes that the search is to find.
//!
//! Their names are those of the literature: MP hands a message on, SB buffers stores, LB loads, WRC and ISA2 hand on
//! what was handed on, IRIW asks two readers about two writers, and Co… is about one location alone. Unless it is
//! said otherwise, C++20 allows these outcomes and no others; two kinds that it allows are not explored, and the
//! cases of [`order`] that leave them out say so by their names.

mod fences;
mod handed;
mod locks;
mod message;
mod order;
pub mod sizes;
pub mod told;

use std::thread;

pub use crate::conformance::Case;

/// All cases.
pub fn all() -> impl Iterator<Item = &'static Case> {
    [fences::CASES, handed::CASES, locks::CASES, message::CASES, order::CASES].into_iter().flatten()
}

/// A thread for all but the last; what they return, in their order.
fn run<const N: usize>(programs: [&(dyn Fn() -> u32 + Sync); N]) -> [u32; N] {
    thread::scope(|scope| {
        let others: Vec<_> = programs[..N - 1].iter().map(|program| scope.spawn(program)).collect();
        let mut last = Some(programs[N - 1]());
        let mut others = others.into_iter().map(|other| other.join().unwrap());
        [(); N].map(|()| others.next().or_else(|| last.take()).unwrap())
    })
}

/// The numbers with spaces between them.
fn text<const N: usize>(numbers: [u32; N]) -> String {
    numbers.map(|number| number.to_string()).join(" ")
}
