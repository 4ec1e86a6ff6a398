//! Is everything quiet?
//!
//! A thread that is seen asleep may have been woken a moment later, and while one thread is looked at, another
//! may run. So [`is_quiet`] looks at all threads three times:
//!
//! 1. every thread is asleep; its context switches are noted; then the list of threads is taken, and is the same
//!    as before. Call the end of this step T;
//! 2. every thread is asleep and has made no switch; then the kernel tells of every thread what it waits in, and
//!    so that it is off its processor;
//! 3. every thread is asleep and has made no switch.
//!
//! Then all threads waited at T, in what step 2 was told, and none was on its way. Suppose one of them was: it ran,
//! or was about to. A thread that runs and is off its processor later, in step 2, has made a switch, and step 3
//! would see it. One that had been woken but did not run until step 3 would not be asleep in step 2: the kernel
//! shows it as running. And a thread that came and went between two lists has had no effect, or it would have woken
//! somebody.

use super::proc::{self, Switches, Tid};

/// Whether there was a moment during this call at which all these threads were waiting for what `waits` accepts.
/// `list` is asked twice; a thread that is on only one of the lists makes it loud.
pub fn is_quiet(list: impl Fn() -> Vec<Tid>, waits: impl Fn(Tid) -> bool) -> bool {
    let tids = list();
    let Some(first) = look(&tids) else { return false };
    list() == tids
        && look(&tids).as_ref() == Some(&first)
        && tids.iter().all(|&tid| waits(tid))
        && look(&tids) == Some(first)
}

/// The switches of all threads, if all are asleep.
fn look(tids: &[Tid]) -> Option<Vec<Switches>> {
    tids.iter().map(|&tid| proc::asleep(tid)).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc;
    use std::thread;

    use super::is_quiet;
    use crate::run::threads::proc::{self, is_off};

    /// Returns when the thread is asleep, which it is sure to be soon.
    fn until_quiet(tid: u32) {
        while !is_quiet(|| vec![tid], is_off) {
            thread::yield_now();
        }
    }

    #[test]
    fn a_waiting_thread_is_quiet_and_a_running_one_is_not() {
        let (waits, stop) = (Mutex::new(()), AtomicBool::new(false));
        let (tell, told) = mpsc::channel();
        thread::scope(|scope| {
            let guard = waits.lock();
            scope.spawn(|| {
                tell.send(proc::this().unwrap()).unwrap();
                drop(waits.lock());
                tell.send(proc::this().unwrap()).unwrap();
                while !stop.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
            until_quiet(told.recv().unwrap());
            drop(guard);
            let spinning = told.recv().unwrap();
            for _ in 0..100 {
                assert!(!is_quiet(|| vec![spinning], is_off));
            }
            stop.store(true, Ordering::Relaxed);
        });
    }

    #[test]
    fn two_threads_that_take_turns_are_never_quiet() {
        // Whenever one is looked at it nearly always sleeps; at no moment do both.
        let stop = AtomicBool::new(false);
        let (ping, pinged) = mpsc::sync_channel::<()>(0);
        let (pong, ponged) = mpsc::sync_channel::<()>(0);
        let (tell, told) = mpsc::channel();
        thread::scope(|scope| {
            let tell_too = tell.clone();
            scope.spawn(move || {
                tell.send(proc::this().unwrap()).unwrap();
                while pinged.recv().is_ok() && pong.send(()).is_ok() {}
            });
            let stop = &stop;
            // The channels end with this thread, and the other thread with them.
            scope.spawn(move || {
                tell_too.send(proc::this().unwrap()).unwrap();
                while !stop.load(Ordering::Relaxed) {
                    ping.send(()).unwrap();
                    ponged.recv().unwrap();
                }
            });
            let both = [told.recv().unwrap(), told.recv().unwrap()];
            let loud = (0..2_000).all(|_| !is_quiet(|| both.to_vec(), is_off));
            stop.store(true, Ordering::Relaxed);
            assert!(loud);
        });
    }

    #[test]
    fn a_thread_on_one_list_only_is_loud() {
        let lists = Mutex::new(vec![vec![], vec![proc::main()]]);
        assert!(!is_quiet(|| lists.lock().unwrap().remove(0), is_off));
    }
}
