//! What learners write, right and wrong. A line that a verdict must name has a mark above it: `// Here: name`.

use std::future::{Future, pending};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use tokio::sync::Mutex as AsyncMutex;
use tokio::task::{JoinSet, spawn_blocking, yield_now};

/// As the compiler was given it.
pub const PATH: &str = file!();

/// Calls `f` for all items, each on a thread of its own, and waits for all of them.
pub fn map_on_threads<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> R + Sync) -> Vec<R> {
    thread::scope(|scope| {
        // Here: call in a scope
        let calls: Vec<_> = items.iter().map(|item| scope.spawn(|| f(item))).collect();
        // Here: join of a scoped thread
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    })
}

/// The same, one call after the other.
pub fn map_in_turn<T, R>(items: &[T], f: impl Fn(&T) -> R) -> Vec<R> {
    items.iter().map(f).collect()
}

/// The same, one call after the other, on the runtime's thread.
pub async fn map_in_turn_async<T, R>(items: Vec<T>, f: impl Fn(T) -> R) -> Vec<R> {
    items.into_iter().map(f).collect()
}

pub fn unfinished() {
    // Here: still to do
    todo!()
}

pub fn unfinished_elsewhere() {
    thread::spawn(unfinished).join().unwrap_err();
}

pub fn panics() {
    let empty: Vec<u8> = Vec::new();
    assert_eq!(empty[0], 0);
}

pub fn panics_in_a_detached_thread() {
    thread::spawn(panics);
}

pub fn replaces_the_hook() {
    std::panic::set_hook(Box::new(|_| ()));
}

pub fn ends_the_process() {
    std::process::exit(0);
}

pub fn locks_twice(account: &Mutex<u32>) {
    let balance = account.lock().unwrap();
    // Here: second lock
    *account.lock().unwrap() += *balance;
}

/// The one wake-up goes to whoever waited first, and it is the other's turn.
pub fn wakes_the_wrong_one() {
    let shared = Arc::new((Mutex::new((0, 0)), Condvar::new()));
    let wait_for = |turn: u32| {
        let shared = shared.clone();
        thread::spawn(move || {
            let (state, changed) = &*shared;
            let mut state = state.lock().unwrap();
            state.0 += 1;
            while state.1 < turn {
                // Here: waits for a turn
                state = changed.wait(state).unwrap();
            }
            state.1 += 1;
            changed.notify_all();
        })
    };
    let both_wait = |count| {
        while shared.0.lock().unwrap().0 < count {
            thread::yield_now();
        }
        // Counted, but perhaps not yet asleep: who falls asleep first is woken first.
        lab::quiescence::quiesce();
    };
    let second = wait_for(2);
    both_wait(1);
    let first = wait_for(1);
    both_wait(2);
    shared.0.lock().unwrap().1 = 1;
    shared.1.notify_one();
    // Here: join of the first
    first.join().unwrap();
    second.join().unwrap();
}

pub fn two_threads_wait_for_each_other() {
    let (to_one, from_two) = mpsc::channel::<()>();
    let (to_two, from_one) = mpsc::channel::<()>();
    let one = thread::spawn(move || {
        // Here: one receives
        from_two.recv().unwrap();
        to_two.send(()).unwrap();
    });
    let two = thread::spawn(move || {
        // Here: two receives
        from_one.recv().unwrap();
        to_one.send(()).unwrap();
    });
    // Here: join
    one.join().unwrap();
    two.join().unwrap();
}

pub fn scope_waits_for_ever() {
    let lock = Mutex::new(());
    let _guard = lock.lock().unwrap();
    // Here: scope
    thread::scope(|scope| {
        // Here: lock inside a scope
        scope.spawn(|| drop(lock.lock()));
    });
}

pub fn waits_with_a_limit() {
    let (_sender, receiver) = mpsc::channel::<()>();
    receiver.recv_timeout(Duration::from_millis(100)).unwrap_err();
}

pub fn loops_for_ever() {
    let go_on = AtomicBool::new(true);
    // Here: endless loop
    let _never = (0_u64..).find(|_| !go_on.load(Ordering::Relaxed));
}

pub async fn loops_for_ever_in_a_task() {
    tokio::spawn(async { loops_for_ever() }).await.unwrap();
}

pub async fn yields_for_ever() {
    loop {
        // Here: yield
        yield_now().await;
    }
}

pub async fn yields_for_ever_in_a_task() {
    // Here: join of a yielding task
    tokio::spawn(yields_for_ever()).await.unwrap();
}

pub async fn tasks_lock_in_opposite_order() {
    let (a, b) = (Arc::new(AsyncMutex::new(1)), Arc::new(AsyncMutex::new(2)));
    let transfer = |from: Arc<AsyncMutex<i32>>, to: Arc<AsyncMutex<i32>>| async move {
        let mut from = from.lock().await;
        yield_now().await;
        // Here: second lock of a task
        let mut to = to.lock().await;
        std::mem::swap(&mut *from, &mut *to);
    };
    let there = tokio::spawn(transfer(a.clone(), b.clone()));
    let back = tokio::spawn(transfer(b, a));
    // Here: join of a task
    there.await.unwrap();
    back.await.unwrap();
}

pub async fn waits_for_a_set() {
    let mut set = JoinSet::new();
    set.spawn(pending::<()>());
    // Here: join of a set
    while set.join_next().await.is_some() {}
}

pub async fn selects_for_ever(mut input: tokio::sync::mpsc::Receiver<u8>, stop: Arc<tokio::sync::Notify>) {
    // Here: select
    tokio::select! {
        _ = input.recv() => {}
        () = stop.notified() => {}
    }
}

pub async fn polls_by_timer(done: &AtomicBool) {
    while !done.load(Ordering::Relaxed) {
        // Here: poll
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

pub async fn polls_by_timer_in_a_task(done: Arc<AtomicBool>) {
    tokio::spawn(async move { polls_by_timer(&done).await }).await.unwrap();
}

pub async fn sleeps(duration: Duration) {
    // Here: sleep
    tokio::time::sleep(duration).await;
}

pub fn leaves_a_task(future: impl Future<Output = ()> + Send + 'static) {
    tokio::spawn(async move {
        // Here: leaked task
        future.await;
    });
}

pub fn leaves_a_waiting_thread() {
    let (sender, receiver) = mpsc::channel::<()>();
    thread::spawn(move || {
        let _sender = sender;
        // Here: leaked thread
        receiver.recv().unwrap();
    });
}

pub fn leaves_a_thread_that_ends(work: impl FnOnce() + Send + 'static) {
    thread::spawn(work);
}

pub async fn leaves_a_blocking_call(call: impl FnOnce() + Send + 'static) {
    spawn_blocking(|| {
        // Here: leaked call
        call();
    });
}

pub fn has_a_runtime_of_its_own() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    // Here: block on
    runtime.block_on(pending::<()>());
}

/// Hangs when it is dropped.
pub struct HangsInDrop;

impl Drop for HangsInDrop {
    fn drop(&mut self) {
        locks_twice(&Mutex::new(0));
    }
}

/// Moves items until the input ends, and loses one if it is dropped at the wrong moment.
pub async fn forward_lossy<T>(input: &mut tokio::sync::mpsc::Receiver<T>, output: &tokio::sync::mpsc::Sender<T>) {
    while let Some(item) = input.recv().await {
        let _ = output.send(item).await;
    }
}

/// The same, without loss.
pub async fn forward<T>(input: &mut tokio::sync::mpsc::Receiver<T>, output: &tokio::sync::mpsc::Sender<T>) {
    while let Ok(place) = output.reserve().await {
        let Some(item) = input.recv().await else { break };
        place.send(item);
    }
}
