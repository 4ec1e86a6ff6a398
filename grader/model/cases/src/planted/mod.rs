//! Small programs, right ones and ones with a planted bug, each with the scenario that can show it.
//!
//! | Letter | Program | Planted |
//! |---|---|---|
//! | a | a cache that computes each key once | check, then act; a second check outside the write lock |
//! | b | transfers between two accounts | locks in the order of the arguments; `b_spin` is right, and spins |
//! | c | squares by a pool of workers | a sender kept while waiting for the end; jobs lost at shutdown |
//! | d | a gate that opens once | check outside the lock; flag outside the lock |
//! | e | a value computed once | read before it is there; computed twice; `e_relaxed` has orders that are too weak |
//! | f | a bounded buffer | close loses what is queued; close wakes one |

mod accounts;
mod buffer;
mod cache;
mod gate;
mod lazy;
mod squares;

/// Every scenario by its name. One call is one execution.
pub const ALL: &[(&str, fn())] = &[
    ("a_good", cache::good),
    ("a_bad1", cache::bad1),
    ("a_bad2", cache::bad2),
    ("b_good", accounts::good),
    ("b_bad1", accounts::bad1),
    ("b_spin", accounts::spin),
    ("c_good", squares::good),
    ("c_bad1", squares::bad1),
    ("c_bad2", squares::bad2),
    ("d_good", gate::good),
    ("d_bad1", gate::bad1),
    ("d_bad2", gate::bad2),
    ("e_good", lazy::good),
    ("e_bad1", lazy::bad1),
    ("e_bad2", lazy::bad2),
    ("e_relaxed", lazy::relaxed),
    ("f_good", buffer::good),
    ("f_bad1", buffer::bad1),
    ("f_bad2", buffer::bad2),
];

/// The scenario of this name.
///
/// # Panics
///
/// If there is none.
pub fn scenario(name: &str) -> fn() {
    ALL.iter().find(|(known, _)| *known == name).map(|(_, scenario)| *scenario).expect("the name of a scenario")
}
