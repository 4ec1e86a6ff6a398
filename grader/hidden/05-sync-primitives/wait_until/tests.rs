//! What the contract of `wait-until` promises, clause by clause.
//!
//! Every test runs on one thread with a paused clock. What another thread would do in the middle of a check is done by
//! the condition itself, so that it happens at that very moment, every time. All conditions are counted: one that is
//! asked more often than the contract allows fails whatever test it is in.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Wake, Waker};

use futures::future::{abortable, maybe_done};
use futures::stream::FuturesUnordered;
use futures::{StreamExt, join, poll};
use lab::prelude::*;
use tokio::time::sleep;

use crate::wait_until::Signal;

/// A condition that is true at the start is enough: nothing is waited for.
#[lab::test(rejects(), read = "Waiting is not looking again")]
async fn a_true_condition_returns_without_waiting() {
    let scene = Scene::new();
    let back = scene.back(1, "waiter back, its condition being true from the start");
    join!(scene.wait("waiter", || true), back);
    scene.journal.expect_finished_at(0, "the wait for a condition that is true from the start");
}

/// `wait_until` returns as soon as a check after a `notify` finds the condition true.
#[lab::test(rejects(M66), read = "Waiting is not looking again")]
async fn the_wait_ends_with_the_notify_that_makes_it_true() {
    let scene = Scene::new();
    let ready = Cell::new(false);
    let script = async {
        sleep(ms(50)).await;
        ready.set(true);
        scene.notify();
        scene.back(1, "waiter back after a `notify`, its condition being true").await;
    };
    join!(scene.wait("waiter", || ready.get()), script);
    scene.journal.expect_finished_at(50, "the wait for what is made true at 50 ms");
}

/// A `notify` is a reason to check, and no reason to return.
#[lab::test(rejects(M67), read = "Waiting is not looking again")]
async fn a_notify_alone_is_no_reason_to_return() {
    let scene = Scene::new();
    let mut wait = pin!(scene.wait("waiter", || false));
    for number in 0..4 {
        if poll!(wait.as_mut()).is_ready() {
            scene.journal.fail(
                "the wait goes on, the condition being false",
                format_args!("it returned after {number} `notify`s"),
            );
        }
        settle().await;
        scene.notify();
    }
}

/// A `notify` makes all who wait check again.
#[lab::test(rejects(M71), read = "Whom to wake")]
async fn a_notify_reaches_all_who_wait() {
    let scene = Scene::new();
    let ready = Cell::new(false);
    let waiters = (1..=4).map(|number| scene.wait(format!("waiter {number}"), || ready.get()));
    let script = async {
        settle().await;
        ready.set(true);
        scene.notify();
        scene.back(4, "waiters back after one `notify`, the condition of all being true").await;
    };
    join!(each(waiters), script);
}

/// The tenth `notify` makes a waiter check again like the first.
#[lab::test(rejects(), read = "Whom to wake")]
async fn every_further_notify_makes_it_check_again() {
    let scene = Scene::new();
    let count = Cell::new(0);
    let script = async {
        for _ in 0..10 {
            settle().await;
            count.set(count.get() + 1);
            scene.notify();
        }
        scene.back(1, "waiter back after 10 `notify`s, its condition being true since the last").await;
    };
    join!(scene.wait("waiter", || count.get() == 10), script);
}

/// Waiters do not wait for each other: who came last may leave first.
#[lab::test(rejects(M91), read = "Whom to wake")]
async fn waiters_do_not_wait_for_each_other() {
    let scene = Scene::new();
    let open_to = Cell::new(4);
    let waiters = (1..=3).map(|number| {
        let open_to = &open_to;
        scene.wait(format!("waiter {number}"), move || number >= open_to.get())
    });
    let script = async {
        for (gone, number) in (1..=3).zip([3, 2, 1]) {
            settle().await;
            open_to.set(number);
            scene.notify();
            scene.back(gone, &format!("waiters back, the condition of waiter {number} being true now")).await;
        }
    };
    join!(each(waiters), script);
}

/// `cond` may call `notify`.
#[lab::test(rejects(M61), read = "Whom to wake")]
async fn the_condition_may_call_notify() {
    let scene = Scene::new();
    let handed_on = Cell::new(false);
    let second = scene.wait("waiter 2", || {
        // The check itself is what the other one waits for.
        if !handed_on.replace(true) {
            scene.notify();
        }
        true
    });
    let script = async {
        settle().await;
        scene.back(2, "waiters back: one waits for what the other's condition does").await;
    };
    join!(scene.wait("waiter 1", || handed_on.get()), second, script);
}

/// A `notify` that happens during the first check is not lost.
#[lab::test(rejects(M70), read = "Notify keeps one note")]
async fn a_notify_during_the_first_check_is_not_lost() {
    let scene = Scene::new();
    let ready = Cell::new(false);
    let cond = || {
        let seen = ready.get();
        // The answer is a no already when somebody else makes it a yes.
        if !ready.replace(true) {
            scene.notify();
        }
        seen
    };
    let script = async {
        settle().await;
        scene.back(1, "waiter back: its condition became true during the first check").await;
    };
    join!(scene.wait("waiter", cond), script);
}

/// A `notify` that happens during a later check is not lost.
#[lab::test(rejects(M70), read = "Notify keeps one note")]
async fn a_notify_during_a_later_check_is_not_lost() {
    // How many checks there are before is up to the program, so the moment is looked for in all of them.
    for moment in 2..=6 {
        let scene = Scene::new();
        let (ready, checks) = (Cell::new(false), Cell::new(0));
        let cond = || {
            let seen = ready.get();
            checks.set(checks.get() + 1);
            if checks.get() == moment {
                ready.set(true);
                scene.notify();
            }
            seen
        };
        let script = async {
            while checks.get() < moment {
                settle().await;
                if checks.get() < moment {
                    scene.notify();
                }
            }
            scene.back(1, &format!("waiter back: its condition became true during check {moment}")).await;
        };
        join!(scene.wait("waiter", cond), script);
    }
}

/// A `notify` reaches every waiter that is in the middle of its check.
#[lab::test(rejects(M71), read = "Notify keeps one note")]
async fn a_notify_reaches_all_who_are_checking_just_now() {
    let scene = Scene::new();
    let ready = Cell::new(false);
    let second = scene.wait("waiter 2", || {
        let seen = ready.get();
        if !ready.replace(true) {
            scene.notify();
        }
        seen
    });
    // On two threads, both would be in their check by chance. Here the first one's check is what polls the second.
    let second = RefCell::new(Box::pin(maybe_done(second)));
    let first = scene.wait("waiter 1", || {
        let seen = ready.get();
        if !seen {
            let _ = second.borrow_mut().as_mut().poll(&mut Context::from_waker(Waker::noop()));
        }
        seen
    });
    let rest_of_second = poll_fn(|context| second.borrow_mut().as_mut().poll(context));
    let script = async {
        settle().await;
        scene.back(2, "waiters back: the condition of both became true while both were checking").await;
    };
    join!(first, rest_of_second, script);
}

/// `notify` may be called when nobody is waiting, before and after a wait.
#[lab::test(rejects(), read = "Notify keeps one note")]
async fn notify_may_be_called_when_nobody_waits() {
    let scene = Scene::new();
    let ready = Cell::new(false);
    for round in 1..=3 {
        for _ in 0..20 {
            scene.notify();
        }
        ready.set(false);
        let script = async {
            settle().await;
            let early = scene.back.arrived() - (round - 1);
            expect_eq("waiters back while their condition is false", 0, early);
            ready.set(true);
            scene.notify();
            scene.back(round, "waiters back, one in each round").await;
        };
        join!(scene.wait(format!("waiter {round}"), || ready.get()), script);
    }
}

/// Any number of `notify`s may come before a waiter gets its turn.
#[lab::test(rejects(M10), read = "Notify keeps one note")]
async fn many_notifies_may_come_before_a_waiter_gets_its_turn() {
    let scene = Scene::new();
    let count = Cell::new(0);
    let script = async {
        for _ in 0..3 {
            settle().await;
            for _ in 0..1_000 {
                count.set(count.get() + 1);
                scene.signal_only();
            }
        }
        scene.back(1, "waiter back after 3000 `notify`s, its condition being true since the last").await;
    };
    join!(scene.wait("waiter", || count.get() == 3_000), script);
}

/// While nobody calls `notify`, nothing is checked, however long that lasts.
#[lab::test(rejects(M66), read = "Waiting is not looking again")]
async fn nothing_is_checked_while_nobody_notifies() {
    let scene = Scene::new();
    let ready = Cell::new(false);
    let script = async {
        // Two checks are allowed without any `notify`; the third fails where it is made.
        sleep(ms(50_000)).await;
        ready.set(true);
        scene.notify();
        scene.back(1, "waiter back after a `notify`, its condition being true").await;
    };
    join!(scene.wait("waiter", || ready.get()), script);
}

/// The condition is not asked again for every poll of the future.
#[lab::test(rejects(M66), read = "Waiting is not looking again")]
async fn polling_the_future_is_no_reason_to_check() {
    let scene = Scene::new();
    let ready = Cell::new(false);
    let mut wait = pin!(scene.wait("waiter", || ready.get()));
    for _ in 0..3 {
        for _ in 0..100 {
            let _ = poll!(wait.as_mut());
        }
        scene.notify();
    }
    let script = async {
        settle().await;
        ready.set(true);
        scene.notify();
        scene.back(1, "waiter back after a `notify`, its condition being true").await;
    };
    join!(wait, script);
}

/// A `notify` makes each waiter check at most twice, however many there are.
#[lab::test(rejects(M66), read = "Whom to wake")]
async fn a_notify_costs_each_waiter_two_checks_at_most() {
    let scene = Scene::new();
    let ready = Cell::new(false);
    let waiters = (1..=5).map(|number| scene.wait(format!("waiter {number}"), || ready.get()));
    let script = async {
        for _ in 0..10 {
            settle().await;
            scene.notify();
        }
        settle().await;
        ready.set(true);
        scene.notify();
        scene.back(5, "waiters back after a `notify`, the condition of all being true").await;
    };
    join!(each(waiters), script);
}

/// A waiter that is dropped while it waits disturbs nobody.
#[lab::test(rejects(), read = "Whom to wake")]
async fn a_waiter_dropped_while_it_waits_disturbs_nobody() {
    // Two of four leave, whichever they are.
    for (first, second) in (0..4).flat_map(|first| (0..4).map(move |second| (first, second))) {
        if first == second {
            continue;
        }
        let scene = Scene::new();
        let ready = Cell::new(false);
        let waiters = (1..=4).map(|number| abortable(scene.wait(format!("waiter {number}"), || ready.get())));
        let (waiters, leave): (Vec<_>, Vec<_>) = waiters.unzip();
        let script = async {
            for leaving in [first, second] {
                settle().await;
                leave[leaving].abort();
            }
            settle().await;
            ready.set(true);
            scene.notify();
            let what = format!("waiters back, waiters {} and {} having left before", first + 1, second + 1);
            scene.back(2, &what).await;
        };
        join!(each(waiters), script);
    }
}

/// A waiter that is dropped after it was woken disturbs nobody.
#[lab::test(rejects(), read = "Whom to wake")]
async fn a_waiter_dropped_after_it_was_woken_disturbs_nobody() {
    for leaving in 0..3 {
        let scene = Scene::new();
        let ready = Cell::new(false);
        let mut waiters = Vec::new();
        for number in 1..=3 {
            waiters.push(Box::pin(scene.wait(format!("waiter {number}"), || ready.get())));
        }
        for waiter in &mut waiters {
            let _ = poll!(waiter.as_mut());
        }
        ready.set(true);
        scene.notify();
        drop(waiters.remove(leaving));
        let back = scene.back(2, &format!("waiters back after a `notify`, waiter {} having left since", leaving + 1));
        join!(each(waiters), back);
    }
}

/// A waiter that was polled by one task may go on in another.
#[lab::test(rejects(), read = "Whom to wake")]
async fn a_waiter_may_move_to_another_task() {
    let scene = Scene::new();
    let ready = Cell::new(false);
    let mut wait = pin!(scene.wait("waiter", || ready.get()));
    let (first, second) = (Arc::new(Woken::default()), Arc::new(Woken::default()));
    let mut poll_by = |task: &Arc<Woken>| {
        task.forget();
        let _ = wait.as_mut().poll(&mut Context::from_waker(&task.clone().into()));
    };
    poll_by(&first);
    settle().await;
    // Until it really waits: a future may also wake itself to go on.
    poll_by(&second);
    settle().await;
    while second.was_woken() {
        poll_by(&second);
        settle().await;
    }
    ready.set(true);
    scene.notify();
    settle().await;
    if !second.was_woken() {
        let seen = if first.was_woken() { "only the task that had polled it before" } else { "nobody" };
        scene.journal.fail("`notify` wakes the task that polled the future last", format_args!("it woke {seen}"));
    }
    wait.await;
}

/// A condition that panics ends its own `wait_until` and no other.
#[lab::test(rejects(M61), read = "Whom to wake")]
async fn a_panicking_condition_ends_its_own_wait_only() {
    let scene = Scene::new();
    let (ready, bad) = (Cell::new(false), Cell::new(false));
    let cond = || if bad.get() { panics::inject("a bad condition") } else { false };
    let panicking = async {
        let outcome = panics::catch_async(scene.wait("waiter 2", cond)).await;
        expect(outcome.is_err(), "the panic of the condition comes out of its `wait_until`", "a wait that returned");
    };
    let script = async {
        settle().await;
        bad.set(true);
        scene.notify();
        settle().await;
        ready.set(true);
        scene.notify();
        scene.back(2, "waiters back after a `notify`, the condition of another having panicked").await;
    };
    let others = ["waiter 1", "waiter 3"].map(|who| scene.wait(who, || ready.get()));
    join!(each(others), panicking, script);
}

/// A task that does nothing but notice that it was woken.
#[derive(Default)]
struct Woken(AtomicBool);

impl Woken {
    fn was_woken(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    fn forget(&self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}

// --- The scene ---

/// Waiters as in tasks of their own: each is polled when it was woken, and not whenever another one is.
async fn each<F: Future>(waiters: impl IntoIterator<Item = F>) {
    let mut waiters: FuturesUnordered<F> = waiters.into_iter().collect();
    while waiters.next().await.is_some() {}
}

/// A signal, and a record of what happens around it.
struct Scene {
    signal: Signal,
    journal: Journal,
    /// Calls of `notify` so far.
    notified: Cell<usize>,
    /// Open; whoever is back from its wait has arrived here.
    back: Gate,
}

impl Scene {
    fn new() -> Self {
        let back = Gate::closed();
        back.open();
        Self { signal: Signal::new(), journal: Journal::new(), notified: Cell::new(0), back }
    }

    /// A call of `notify`, with a mark in the picture.
    fn notify(&self) {
        drop(self.journal.begin("notify"));
        self.signal_only();
    }

    fn signal_only(&self) {
        self.notified.set(self.notified.get() + 1);
        self.signal.notify();
    }

    /// A waiter, with a row in the picture for its wait and one for its checks.
    async fn wait(&self, who: impl Into<String>, mut cond: impl FnMut() -> bool) {
        let who = who.into();
        let _span = self.journal.begin(&who);
        let mut checks = 0;
        let counted = || {
            checks += 1;
            drop(self.journal.begin(format_args!("{who} checks")));
            let allowed = 2 * self.notified.get() + 2;
            if checks > allowed {
                self.journal.fail(
                    format_args!(
                        "at most {allowed} checks of one waiter, `notify` called {} times",
                        self.notified.get()
                    ),
                    format_args!("check {checks}"),
                );
            }
            cond()
        };
        self.signal.wait_until(counted).await;
        self.back.pass().await;
    }

    /// Completes when `count` waiters are back. `what` completes the sentence "expected 3 …".
    fn back(&self, count: usize, what: &str) -> impl Future<Output = ()> + use<> {
        self.back.arrivals(count, what)
    }
}
