//! What is handed on by locks, channels and threads is never old, however relaxed it is itself.

use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Barrier, Condvar, LazyLock, Mutex, Once, OnceLock, RwLock, mpsc};
use std::thread;
use std::time::Duration;

use super::{Case, run};

/// The message is there, or there is none yet.
const THERE: &[&str] = &["1"];
const THERE_OR_NOT_YET: &[&str] = &["-", "1"];

pub(super) const CASES: &[Case] = &[
    Case::new("handed_on_by_spawn_and_join", spawn_and_join, &["1 2"]),
    Case::new("handed_on_by_the_end_of_a_scope", scope, THERE),
    Case::new("handed_on_by_a_finished_thread", finished, THERE_OR_NOT_YET),
    Case::new("handed_on_by_a_thread_local_on_its_way_out", late_local, THERE),
    Case::new("handed_on_by_a_mutex", mutex, THERE_OR_NOT_YET),
    Case::new("handed_on_by_a_panic_in_a_mutex", poison, THERE_OR_NOT_YET),
    Case::new("handed_on_by_a_read_write_lock", rwlock, THERE_OR_NOT_YET),
    Case::new("handed_on_by_a_condvar", condvar, THERE),
    Case::new("handed_on_by_a_channel", channel, THERE),
    Case::new("handed_on_by_a_rendezvous", rendezvous, &["1 2"]),
    Case::new("handed_on_by_the_last_sender", last_sender, THERE),
    Case::new("handed_on_by_park", park, THERE),
    Case::new("handed_on_by_a_barrier", barrier, &["1 1"]),
    Case::new("handed_on_by_once", once, THERE),
    Case::new("handed_on_by_a_panic_in_once", once_panics, THERE_OR_NOT_YET),
    Case::new("handed_on_by_a_once_lock", once_lock, THERE_OR_NOT_YET),
    Case::new("handed_on_by_a_lazy_lock", lazy_lock, THERE),
    Case::new("changed_by_its_owner", get_mut, &["3 3 4"]),
    Case::new("made_anew_where_another_was", new_at_an_old_address, &["0 1", "0 2", "1 1", "1 2"]),
];

/// A relaxed message, and `hand_on` beside it.
fn beside<T: Send + Sync + 'static>(
    means: T,
    hand_on: impl FnOnce(&T) + Send + 'static,
    has_come: impl FnOnce(&T) -> bool,
) -> String {
    let shared = Arc::new((AtomicU32::new(0), means));
    let theirs = shared.clone();
    let other = thread::spawn(move || {
        theirs.0.store(1, Relaxed);
        hand_on(&theirs.1);
    });
    let seen = has_come(&shared.1).then(|| shared.0.load(Relaxed).to_string());
    let _ = other.join();
    seen.unwrap_or_else(|| "-".to_owned())
}

fn spawn_and_join() -> String {
    let number = Arc::new(AtomicU32::new(0));
    let theirs = number.clone();
    number.store(1, Relaxed);
    let other = thread::spawn(move || {
        let seen = theirs.load(Relaxed);
        theirs.store(2, Relaxed);
        seen
    });
    let seen = other.join().unwrap();
    format!("{seen} {}", number.load(Relaxed))
}

fn scope() -> String {
    let number = AtomicU32::new(0);
    thread::scope(|scope| drop(scope.spawn(|| number.store(1, Relaxed))));
    number.load(Relaxed).to_string()
}

fn finished() -> String {
    let number = Arc::new(AtomicU32::new(0));
    let theirs = number.clone();
    let other = thread::spawn(move || theirs.store(1, Relaxed));
    let seen = other.is_finished().then(|| number.load(Relaxed).to_string());
    other.join().unwrap();
    seen.unwrap_or_else(|| "-".to_owned())
}

fn late_local() -> String {
    struct Late(Arc<AtomicU32>);
    impl Drop for Late {
        fn drop(&mut self) {
            self.0.store(1, Relaxed);
        }
    }
    thread_local! {
        static LATE: std::cell::RefCell<Option<Late>> = const { std::cell::RefCell::new(None) };
    }
    let number = Arc::new(AtomicU32::new(0));
    let late = Late(number.clone());
    thread::spawn(move || LATE.set(Some(late))).join().unwrap();
    number.load(Relaxed).to_string()
}

fn mutex() -> String {
    beside(Mutex::new(false), |come| *come.lock().unwrap() = true, |come| *come.lock().unwrap())
}

fn poison() -> String {
    let panics = |lock: &Mutex<()>| {
        let _guard = lock.lock();
        std::panic::resume_unwind(Box::new(()));
    };
    beside(Mutex::new(()), panics, |lock| lock.lock().is_err())
}

fn rwlock() -> String {
    beside(RwLock::new(false), |come| *come.write().unwrap() = true, |come| *come.read().unwrap())
}

fn condvar() -> String {
    beside(
        (Mutex::new(false), Condvar::new()),
        |(come, changed)| {
            *come.lock().unwrap() = true;
            changed.notify_one();
        },
        |(come, changed)| *changed.wait_while(come.lock().unwrap(), |come| !*come).unwrap(),
    )
}

fn channel() -> String {
    let (sender, receiver) = mpsc::channel();
    beside((), move |()| sender.send(()).unwrap(), |()| receiver.recv().is_ok())
}

/// Both learn something: the receiver what was before the sending, the sender what was before the receiving.
fn rendezvous() -> String {
    let (sender, receiver) = mpsc::sync_channel(0);
    let numbers = Arc::new((AtomicU32::new(0), AtomicU32::new(0)));
    let theirs = numbers.clone();
    let other = thread::spawn(move || {
        theirs.0.store(1, Relaxed);
        sender.send(()).unwrap();
        theirs.1.load(Relaxed)
    });
    numbers.1.store(2, Relaxed);
    receiver.recv().unwrap();
    let seen = numbers.0.load(Relaxed);
    format!("{seen} {}", other.join().unwrap())
}

fn last_sender() -> String {
    let (sender, receiver) = mpsc::channel::<()>();
    beside((), move |()| drop(sender), |()| receiver.recv_timeout(Duration::from_secs(60)).is_err())
}

fn park() -> String {
    let me = thread::current();
    let number = Arc::new(AtomicU32::new(0));
    let theirs = number.clone();
    let other = thread::spawn(move || {
        theirs.store(1, Relaxed);
        me.unpark();
    });
    thread::park();
    let seen = number.load(Relaxed);
    other.join().unwrap();
    seen.to_string()
}

fn barrier() -> String {
    let shared = Arc::new((Barrier::new(2), AtomicU32::new(0), AtomicU32::new(0)));
    let theirs = shared.clone();
    let other = thread::spawn(move || {
        theirs.1.store(1, Relaxed);
        theirs.0.wait();
        theirs.2.load(Relaxed)
    });
    shared.2.store(1, Relaxed);
    shared.0.wait();
    let seen = shared.1.load(Relaxed);
    format!("{seen} {}", other.join().unwrap())
}

fn once() -> String {
    let shared = Arc::new((Once::new(), AtomicU32::new(0)));
    let call = |(once, number): &(Once, AtomicU32)| {
        once.call_once(|| number.store(1, Relaxed));
        number.load(Relaxed)
    };
    let theirs = shared.clone();
    let other = thread::spawn(move || call(&theirs));
    let seen = call(&shared).min(other.join().unwrap());
    seen.to_string()
}

fn once_panics() -> String {
    beside(
        Once::new(),
        |once| once.call_once(|| std::panic::resume_unwind(Box::new(()))),
        |once| {
            let mut poisoned = false;
            once.call_once_force(|state| poisoned = state.is_poisoned());
            poisoned
        },
    )
}

fn once_lock() -> String {
    beside(OnceLock::new(), |cell| cell.set(()).unwrap(), |cell| cell.get().is_some())
}

fn lazy_lock() -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    static LAZY: LazyLock<()> = LazyLock::new(|| NUMBER.store(1, Relaxed));
    let other = thread::spawn(|| LazyLock::force(&LAZY));
    LazyLock::force(&LAZY);
    let seen = NUMBER.load(Relaxed);
    other.join().unwrap();
    seen.to_string()
}

/// A change by an owner who shares with nobody is known to all with whom it is shared next.
fn get_mut() -> String {
    let mut number = AtomicU32::new(1);
    thread::scope(|scope| drop(scope.spawn(|| number.store(2, Relaxed))));
    *number.get_mut() += 1;
    let [one, other] = run([&|| number.load(Relaxed), &|| number.load(Relaxed)]);
    number.store(4, Relaxed);
    format!("{one} {other} {}", number.into_inner())
}

/// An atomic in memory that was another's knows nothing of what the other contained.
fn new_at_an_old_address() -> String {
    let seen: Vec<String> = (1..3)
        .map(|value| {
            let number = Box::new(AtomicU32::new(value - 1));
            let [_, seen] = run([
                &|| {
                    number.store(value, Relaxed);
                    0
                },
                &|| number.load(Relaxed),
            ]);
            assert!(seen == value || seen == value - 1, "{seen}");
            seen.to_string()
        })
        .collect();
    seen.join(" ")
}
