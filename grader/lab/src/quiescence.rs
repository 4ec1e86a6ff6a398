//! Waiting until threads have nothing left to do, without sleeping and hoping.
//!
//! On Linux the lab looks at its own threads in `/proc`: everything is quiet when all of them wait and none of
//! them has run between two looks. That is exact (see [`crate::run::threads`]). Elsewhere [`quiesce`] waits
//! 50 ms, which is one-sided: it may overlook a wrong program there, it never rejects a right one.

/// Returns when every other thread of the process waits for something. For upper bounds ("a third job does not
/// start"): whatever was going to happen without the test's help has happened by then.
///
/// On the runtime of an async test this blocks the runtime's thread: use [`settle`](crate::clock::settle) there.
pub fn quiesce() {
    crate::run::threads::wait_until_others_wait();
}
