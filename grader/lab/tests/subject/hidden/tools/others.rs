//! Drop counter, interlude, heartbeat, census of tasks, clock.

use std::sync::{Arc, Mutex, OnceLock};
use std::thread;

use lab::prelude::*;

/// Every end is counted, clones of the counter count together.
#[lab::test(read = "Others")]
fn drops_are_counted() {
    let counter = DropCounter::new();
    let (token, value) = (counter.token(), counter.clone().count(5));
    expect_eq("the value", 5, value.value);
    expect_eq("alive and dropped", (2, 0), (counter.alive(), counter.dropped()));
    drop(token);
    expect_eq("alive and dropped then", (1, 1), (counter.alive(), counter.dropped()));
    thread::spawn(move || drop(value)).join().unwrap();
    expect_eq("alive and dropped in the end", "0 alive, 2 dropped", format!("{counter:?}"));
}

/// An interlude is played once, also if it leads back to itself, on whichever thread comes first.
#[lab::test(read = "Others")]
fn an_interlude_is_played_once() {
    let played = Arc::new(Mutex::new(0));
    let itself: Arc<OnceLock<Interlude>> = Arc::default();
    let (count, again) = (played.clone(), itself.clone());
    let _ = itself.set(Interlude::new(move || {
        *count.lock().unwrap() += 1;
        again.get().expect("it is being played").play();
    }));
    let interlude = itself.get().expect("set above");
    expect_eq("played before", false, interlude.played());
    interlude.play();
    interlude.play();
    expect_eq("played after", true, interlude.played());
    expect_eq("times", 1, *played.lock().unwrap());
}

/// A free runtime beats as often as it is asked to.
#[lab::test(read = "Others", clock = real)]
async fn a_heart_beats() {
    let heart = Heartbeat::start();
    heart.beats(3).await;
    expect_eq("beats", 3, heart.beaten());
    let gate = Gate::closed();
    let inside = gate.clone();
    let call = tokio::task::spawn_blocking(move || inside.pass_blocking());
    gate.arrivals(1, "calls").await;
    heart.beats(2).await;
    expect_eq("beats while a thread is blocked", 5, heart.beaten());
    gate.open();
    call.await.unwrap();
}

/// A runtime whose thread is blocked does not beat.
#[lab::test(read = "Others", clock = real)]
async fn a_blocked_heart_does_not_beat() {
    let heart = Arc::new(Heartbeat::start());
    heart.beats(1).await;
    let beats = tokio::spawn({
        let heart = heart.clone();
        async move { heart.beats(2).await }
    });
    // This thread is the runtime's: blocking it is what is tested.
    let gate = Gate::closed();
    let opener = {
        let gate = gate.clone();
        thread::spawn(move || {
            gate.wait_for(1, "calls");
            gate.open();
        })
    };
    gate.pass_blocking();
    expect_eq("beats while the runtime's thread was blocked", 1, heart.beaten());
    beats.await.unwrap();
    expect_eq("beats once it was free", 3, heart.beaten());
    opener.join().unwrap();
}

/// Tasks are counted exactly.
#[lab::test(read = "Others")]
async fn tasks_are_counted() {
    let task = tokio::spawn(tokio::time::sleep(ms(10)));
    expect_eq("tasks", 1, census::tasks());
    task.await.unwrap();
    expect_eq("tasks in the end", 0, census::tasks());
}

/// Settling costs a millisecond and lets everything happen that needs no time.
#[lab::test(read = "Others")]
async fn settling_waits_for_everybody() {
    let order = Arc::new(Mutex::new(Vec::new()));
    for number in 0..100 {
        let order = order.clone();
        tokio::spawn(async move {
            tokio::task::yield_now().await;
            order.lock().unwrap().push(number);
        });
    }
    settle().await;
    expect_eq("tasks that have run", 100, order.lock().unwrap().len());
    expect_eq("the time", 1, elapsed_ms());
}
