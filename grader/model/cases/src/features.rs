//! Programs that show one thing each about the search, its verdicts and its stories.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Condvar, LazyLock, Mutex, OnceLock, RwLock};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// `threads` threads beside the body, and the body itself, each with `steps` steps; the body joins the others.
pub fn steps(threads: usize, steps: usize) {
    let number = Arc::new(AtomicU32::new(0));
    let work = move |number: &AtomicU32| {
        for _ in 0..steps {
            number.fetch_add(1, SeqCst);
        }
    };
    let start = |_| {
        let number = number.clone();
        thread::spawn(move || work(&number))
    };
    let others: Vec<JoinHandle<()>> = (0..threads).map(start).collect();
    work(&number);
    others.into_iter().for_each(|other| other.join().unwrap());
}

/// Nobody ever sets the flag.
pub fn polls_for_ever() {
    let flag = Arc::new(AtomicBool::new(false));
    let theirs = flag.clone();
    let other = thread::spawn(move || {
        while !theirs.load(SeqCst) {
            thread::yield_now();
        }
    });
    while !flag.load(SeqCst) {
        std::hint::spin_loop();
    }
    other.join().unwrap();
}

/// A loop without any hint. In the real world the other thread gets its turn all the same.
pub fn polls_without_a_hint() {
    let flag = Arc::new(AtomicBool::new(false));
    let theirs = flag.clone();
    let other = thread::spawn(move || theirs.store(true, SeqCst));
    while !flag.load(SeqCst) {}
    other.join().unwrap();
}

/// Sleeping does not help either.
pub fn sleeps_for_ever() {
    let flag = AtomicBool::new(false);
    while !flag.load(SeqCst) {
        thread::sleep(Duration::from_millis(10));
    }
}

/// A thread is left waiting for a sender that stays.
pub fn leaves_a_thread_behind() {
    let (sender, receiver) = mpsc::channel::<()>();
    thread::spawn(move || receiver.recv());
    std::mem::forget(sender);
}

/// Whether the receiver gave up before the item came.
pub fn gives_up() -> bool {
    let (sender, receiver) = mpsc::channel();
    let other = thread::spawn(move || sender.send(1));
    let gave_up = receiver.recv_timeout(Duration::from_millis(10)) == Err(RecvTimeoutError::Timeout);
    drop(receiver);
    let _ = other.join().unwrap();
    gave_up
}

/// `if` where `while` belongs: wrong only if waits may end for no reason.
pub fn waits_without_a_loop() {
    let shared = Arc::new((Mutex::new(false), Condvar::new()));
    let theirs = shared.clone();
    let other = thread::spawn(move || {
        *theirs.0.lock().unwrap() = true;
        theirs.1.notify_one();
    });
    let mut ready = shared.0.lock().unwrap();
    if !*ready {
        ready = shared.1.wait(ready).unwrap();
    }
    assert!(*ready, "woken for no reason");
    drop(ready);
    other.join().unwrap();
}

/// Statics of every kind. Each execution finds them as the first did.
pub fn uses_statics() {
    static NUMBER: AtomicU32 = AtomicU32::new(5);
    static CELL: OnceLock<u32> = OnceLock::new();
    static LAZY: LazyLock<Mutex<u32>> = LazyLock::new(|| Mutex::new(0));
    let other = thread::spawn(|| NUMBER.fetch_add(1, SeqCst));
    let mine = NUMBER.fetch_add(1, SeqCst);
    assert_eq!(mine + other.join().unwrap(), 11);
    assert_eq!(CELL.set(1), Ok(()));
    *LAZY.lock().unwrap() += 1;
    assert_eq!(*LAZY.lock().unwrap(), 1);
}

/// A static mutex that one schedule leaves locked for ever.
pub fn deadlocks_on_statics() {
    static ONE: Mutex<()> = Mutex::new(());
    static TWO: Mutex<()> = Mutex::new(());
    let other = thread::spawn(|| {
        let _one = ONE.lock().unwrap();
        let _two = TWO.lock().unwrap();
    });
    let two = TWO.lock().unwrap();
    let one = ONE.lock().unwrap();
    drop((one, two));
    other.join().unwrap();
}

/// The value in a static mutex cannot be put back.
pub fn remembers_in_a_static() {
    static COUNT: Mutex<u32> = Mutex::new(0);
    let count = {
        let mut count = COUNT.lock().unwrap();
        *count += 1;
        *count
    };
    steps(1, count as usize);
}

/// A panic that nobody looks at, then a failure; and a step that is taken inside a library's code.
pub fn panics_unseen() {
    let (sender, receiver) = mpsc::channel();
    let _ = thread::Builder::new().name("doomed".to_owned()).spawn(move || {
        sender.send(1).unwrap();
        panic!("nobody joins me");
    });
    let mut items = vec![0];
    items.extend(receiver.iter());
    assert_eq!(items, [0]);
}

/// The body panics while it holds what its destructors need.
pub fn panics_with_a_lock() {
    struct LocksLate(Arc<Mutex<u32>>);
    impl Drop for LocksLate {
        fn drop(&mut self) {
            *self.0.lock().unwrap() += 1;
        }
    }
    let number = Arc::new(Mutex::new(0));
    let theirs = number.clone();
    let other = thread::spawn(move || {
        let _late = LocksLate(theirs.clone());
        let _guard = theirs.lock().unwrap();
        let _later = LocksLate(theirs.clone());
        panic!("the second to be dropped waits for the first");
    });
    let _ = other.join();
}

/// Two read guards on one thread, and a writer that comes between them.
pub fn reads_twice() {
    let number = Arc::new(RwLock::new(0));
    let theirs = number.clone();
    let other = thread::spawn(move || *theirs.write().unwrap() += 1);
    let first = number.read().unwrap();
    let second = number.read().unwrap();
    assert_eq!(*first, *second);
    drop((first, second));
    other.join().unwrap();
}

/// Six threads, and one of them is too late.
pub fn many_parties() {
    let number = Arc::new(AtomicU32::new(0));
    let start = |_| {
        let number = number.clone();
        thread::spawn(move || number.fetch_add(1, SeqCst))
    };
    let others: Vec<JoinHandle<u32>> = (0..6).map(start).collect();
    let last = others.into_iter().map(|other| other.join().unwrap()).last();
    assert_eq!(last, Some(4), "the sixth came last");
}

/// A thread may be stopped for good while it has the lock.
pub fn stops_with_a_lock(may_stop: fn(&mut dyn FnMut())) {
    let number = Arc::new(Mutex::new(0));
    let shared = number.clone();
    thread::spawn(move || may_stop(&mut || *shared.lock().unwrap() += 1));
    *number.lock().unwrap() += 1;
}

/// A thread may be stopped for good where nobody waits for it.
pub fn stops_without_a_lock(may_stop: fn(&mut dyn FnMut())) {
    let number = Arc::new(AtomicU32::new(0));
    let shared = number.clone();
    thread::spawn(move || {
        may_stop(&mut || {
            shared.fetch_add(1, SeqCst);
            shared.fetch_add(1, SeqCst);
        });
    });
    number.fetch_add(4, SeqCst);
    assert!(number.load(SeqCst) >= 4);
}

/// Waits for a number as one should.
pub fn waits_in_a_loop() {
    let shared = Arc::new((Mutex::new(0), Condvar::new()));
    let (number, changed) = &*shared;
    let setter = shared.clone();
    let setting = thread::spawn(move || {
        *setter.0.lock().unwrap() = 1;
        setter.1.notify_one();
    });
    let mut seen = number.lock().unwrap();
    while *seen == 0 {
        seen = changed.wait(seen).unwrap();
    }
    drop(seen);
    setting.join().unwrap();
}
