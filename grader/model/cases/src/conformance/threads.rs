//! Threads, scopes, thread-locals.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, Builder};

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("a_panic_is_an_error_at_join", panics, &["literal formatted 3"]),
    Case::new("a_thread_has_a_name_and_an_id", names, &["Some(\"worker\") true true"]),
    Case::new("a_scope_waits_for_its_threads", scope, &["2"]),
    Case::new("a_scope_panics_for_a_thread_nobody_joined", scope_panic, &["a scoped thread panicked"]),
    Case::new("a_joined_panic_is_the_joiners", scope_joined, &["Err then 5"]),
    Case::new("scoped_threads_spawn_scoped_threads", nested_scope, &["3"]),
    Case::new("thread_locals_are_the_threads_own", locals, &["1 1 dropped"]),
    Case::new("a_thread_is_not_finished_with_its_last_step", finished, &["early", "true", "false"]),
    Case::new("an_unpark_before_the_park_counts", unpark_first, &["woken"]),
    Case::new("park_waits_for_a_flag", park_loop, &["true"]),
    Case::new("a_caught_panic_is_over", caught, &["false"]),
];

fn panics() -> String {
    let literal = thread::spawn(|| panic!("literal")).join().unwrap_err();
    let formatted = thread::spawn(|| panic!("{}", "formatted")).join().unwrap_err();
    let any = thread::spawn(|| std::panic::panic_any(3_u8)).join().unwrap_err();
    let texts = (literal.downcast_ref::<&str>(), formatted.downcast_ref::<String>(), any.downcast_ref::<u8>());
    format!("{} {} {}", texts.0.unwrap(), texts.1.unwrap(), texts.2.unwrap())
}

fn names() -> String {
    let builder = Builder::new().name("worker".to_owned()).stack_size(64 << 10);
    let handle = builder.spawn(|| (thread::current().name().map(str::to_owned), thread::current().id())).unwrap();
    let same = handle.thread().id();
    let (name, id) = handle.join().unwrap();
    format!("{name:?} {} {}", id == same, id != thread::current().id())
}

fn scope() -> String {
    let count = AtomicUsize::new(0);
    thread::scope(|scope| {
        scope.spawn(|| count.fetch_add(1, Ordering::SeqCst));
        scope.spawn(|| count.fetch_add(1, Ordering::SeqCst));
    });
    count.into_inner().to_string()
}

fn scope_panic() -> String {
    let end = catch_unwind(|| thread::scope(|scope| drop(scope.spawn(|| panic!("inside")))));
    end.unwrap_err().downcast_ref::<&str>().unwrap().to_string()
}

fn scope_joined() -> String {
    thread::scope(|scope| {
        let joined = scope.spawn(|| panic!("inside")).join();
        let five = scope.spawn(|| 5).join().unwrap();
        format!("{} then {five}", if joined.is_err() { "Err" } else { "Ok" })
    })
}

fn nested_scope() -> String {
    let count = AtomicUsize::new(0);
    thread::scope(|scope| {
        scope.spawn(|| {
            scope.spawn(|| count.fetch_add(1, Ordering::SeqCst));
            count.fetch_add(2, Ordering::SeqCst);
        });
    });
    count.into_inner().to_string()
}

fn locals() -> String {
    struct SaysSo(Arc<AtomicBool>);
    impl Drop for SaysSo {
        fn drop(&mut self) {
            self.0.store(true, Ordering::SeqCst);
        }
    }
    thread_local! {
        static CALLS: Cell<u32> = const { Cell::new(0) };
        static LATE: Cell<Option<SaysSo>> = const { Cell::new(None) };
    }
    let dropped = Arc::new(AtomicBool::new(false));
    let says_so = SaysSo(dropped.clone());
    let call = || {
        CALLS.set(CALLS.get() + 1);
        CALLS.get()
    };
    CALLS.set(0);
    let other = thread::spawn(move || {
        LATE.set(Some(says_so));
        call()
    });
    let mine = call();
    let theirs = other.join().unwrap();
    format!("{mine} {theirs} {}", if dropped.load(Ordering::SeqCst) { "dropped" } else { "kept" })
}

fn finished() -> String {
    let done = Arc::new(AtomicBool::new(false));
    let theirs = done.clone();
    let other = thread::spawn(move || theirs.store(true, Ordering::SeqCst));
    let finished = done.load(Ordering::SeqCst).then(|| other.is_finished());
    other.join().unwrap();
    finished.map_or_else(|| "early".to_owned(), |finished| finished.to_string())
}

fn unpark_first() -> String {
    let me = thread::current();
    // Two tokens are one.
    me.unpark();
    me.unpark();
    thread::park();
    "woken".to_owned()
}

fn park_loop() -> String {
    let flag = Arc::new(AtomicBool::new(false));
    let (theirs, me) = (flag.clone(), thread::current());
    let other = thread::spawn(move || {
        theirs.store(true, Ordering::SeqCst);
        me.unpark();
    });
    while !flag.load(Ordering::SeqCst) {
        thread::park();
    }
    other.join().unwrap();
    flag.load(Ordering::SeqCst).to_string()
}

fn caught() -> String {
    assert!(catch_unwind(AssertUnwindSafe(|| panic!("inside"))).is_err());
    thread::panicking().to_string()
}
