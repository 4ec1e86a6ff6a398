//! What the contract of `request-scope` promises, clause by clause.
//!
//! Requests are called `a`, `b` and `c`. Where several are under way, each waits in between, so that on the one thread
//! of the test they really take turns.

use std::future::{Future, pending};
use std::panic::resume_unwind;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Waker};
use std::thread;

use futures::{FutureExt, pending, poll};
use lab::prelude::*;
use tokio::runtime::{Builder, Handle};
use tokio::task::{spawn_blocking, yield_now};
use tokio::time::{sleep, timeout};

use crate::request_scope::{RequestId, current_request, spawn_blocking_in_scope, spawn_in_scope, with_request};

/// Inside `with_request` and all it calls or awaits, `current_request()` is that id.
#[lab::test(rejects(), read = "Values that belong to a request")]
async fn inside_a_request_its_id_is_current() {
    async fn called_from_inside() {
        sees("an async fn that the request awaits", "a");
        yield_now().await;
        sees("that async fn, after an await of its own", "a");
    }
    // Borrowed by the request, and not `Send`.
    let text = Rc::new("borrowed".to_owned());
    let made_outside = Box::pin(async { sees("a future made outside and awaited inside", "a") });
    let output = with_request(id("a"), async {
        sees("the first line of the request", "a");
        yield_now().await;
        sees("the request, after an await", "a");
        sleep(ms(10)).await;
        sees("the request, after a sleep", "a");
        called_from_inside().await;
        made_outside.await;
        let branch = |what| async move {
            sleep(ms(10)).await;
            sees(what, "a");
        };
        tokio::join!(branch("the first branch of a `join!`"), branch("the second branch of a `join!`"));
        let _ = timeout(ms(50), branch("the future in a `timeout`")).await;
        text.len()
    });
    expect_eq("the output of `with_request`", 8, output.await);
}

/// Outside any request `current_request()` is `None`, and never a panic.
#[lab::test(rejects(), read = "Values that belong to a request")]
fn outside_any_request_there_is_none() {
    sees_none("a thread without any runtime");
    let runtime = Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        sees_none("a future outside any request");
        tokio::spawn(async { sees_none("a task outside any request") }).await.expect("the task ends");
        spawn_blocking(|| sees_none("a blocking thread outside any request")).await.expect("the closure ends");
        with_request(id("a"), async {
            let elsewhere = thread::spawn(|| sees_none("another thread, while request `a` runs on this one"));
            elsewhere.join().expect("the thread ends");
        })
        .await;
    });
}

/// Before the first poll of a scope and after its end there is no id.
#[lab::test(rejects(), read = "Values that belong to a request")]
async fn a_scope_begins_with_its_first_poll_and_ends_with_its_future() {
    let request = with_request(id("a"), yield_now());
    sees_none("the caller, when `with_request` was called and not yet awaited");
    request.await;
    sees_none("the caller, after the request");
    drop(with_request(id("b"), yield_now()));
    sees_none("the caller, after a request that was never polled");
}

/// An inner scope shadows the outer one; when it has ended, the outer id is back.
#[lab::test(rejects(), read = "Values that belong to a request")]
async fn an_inner_scope_shadows_and_restores() {
    with_request(id("a"), async {
        with_request(id("b"), async {
            sees("the inner request", "b");
            sleep(ms(10)).await;
            with_request(id("c"), async {
                sees("the innermost request", "c");
                sleep(ms(10)).await;
                sees("the innermost request, after an await", "c");
            })
            .await;
            sees("the inner request, after the innermost has ended", "b");
            sleep(ms(10)).await;
            sees("the inner request, after another await", "b");
        })
        .await;
        sees("the outer request, after the inner ones have ended", "a");
        sleep(ms(10)).await;
        sees("the outer request, after another await", "a");
        with_request(id("b"), async { sees("an inner request without an await", "b") }).await;
        sees("the outer request, after an inner one without an await", "a");
    })
    .await;
    sees_none("the caller, after all requests");
}

/// Any number of requests may be under way at the same time.
#[lab::test(rejects(M91), read = "Values that belong to a request")]
async fn requests_are_under_way_at_the_same_time() {
    let journal = Journal::new();
    let (meeting, _awaited) = Rendezvous::of(3, "requests under way at the same time");
    let request = |name: &'static str| {
        let meeting = meeting.clone();
        with_request(id(name), journal.during(format_args!("request {name}"), async move { meeting.meet().await }))
    };
    let spawned = [tokio::spawn(request("a")), tokio::spawn(request("b"))];
    request("c").await;
    for task in spawned {
        task.await.expect("the task ends");
    }
}

/// Two tasks that take turns on one thread never see each other's id.
#[lab::test(rejects(), read = "Values that belong to a request")]
async fn two_tasks_never_see_each_others_id() {
    let journal = Journal::new();
    let request = |name: &'static str, pause| {
        let steps = journal.during(format_args!("request {name}"), async move {
            for _ in 0..4 {
                sees(format_args!("request `{name}`, while another task has a request of its own"), name);
                sleep(ms(pause)).await;
            }
            sees(format_args!("request `{name}`, while another task has a request of its own"), name);
        });
        tokio::spawn(with_request(id(name), steps))
    };
    // Their turns fall at 0, 20, 40, 60, 80 and at 0, 30, 60, 90, 120 ms.
    let (a, b) = (request("a", 20), request("b", 30));
    for _ in 0..10 {
        sleep(ms(13)).await;
        sees_none("a task without a request, while others have one");
    }
    a.await.expect("the task ends");
    b.await.expect("the task ends");
}

/// Requests that are joined in one task never see each other's id.
#[lab::test(rejects(), read = "Values that belong to a request")]
async fn requests_joined_in_one_task_never_mix() {
    let journal = Journal::new();
    let steps = |label: &'static str, name: &'static str, pause| {
        journal.during(label, async move {
            for _ in 0..4 {
                sees(format_args!("{label}, joined with others in one task"), name);
                sleep(ms(pause)).await;
            }
            sees(format_args!("{label}, joined with others in one task"), name);
        })
    };
    with_request(id("a"), async {
        tokio::join!(
            steps("request a", "a", 20),
            with_request(id("b"), steps("request b inside a", "b", 30)),
            with_request(id("c"), steps("request c inside a", "c", 50)),
        );
        sees("the outer request, after the inner ones have ended", "a");
    })
    .await;
    let without = async {
        for _ in 0..12 {
            sees_none("a branch without a request, joined with two that have one");
            sleep(ms(13)).await;
        }
    };
    tokio::join!(
        with_request(id("a"), steps("request a again", "a", 20)),
        with_request(id("b"), steps("request b again", "b", 30)),
        without,
    );
}

/// Where a scope was first polled does not matter; its poller gets the own id back.
#[lab::test(rejects(), read = "Values that belong to a request")]
async fn a_scope_carried_on_elsewhere_leaves_the_pollers_id_alone() {
    let mut travelling = pin!(with_request(id("b"), async {
        sees("request `b`, polled by `a`", "b");
        pending!();
        sees("request `b`, carried on by `c`", "b");
        pending!();
        sees("request `b`, carried on outside any request", "b");
    }));
    with_request(id("a"), async {
        let _ = poll!(travelling.as_mut());
        sees("request `a`, after it has polled `b`", "a");
    })
    .await;
    with_request(id("c"), async {
        let _ = poll!(travelling.as_mut());
        sees("request `c`, after it has carried on with `b`", "c");
    })
    .await;
    let _ = poll!(travelling.as_mut());
    sees_none("a future outside any request, after it has carried on with `b`");
}

/// A request keeps its id when another thread carries on with it.
#[lab::test(rejects(), read = "Values that belong to a request")]
async fn a_request_keeps_its_id_on_another_thread() {
    let steps = async {
        for thread in ["its first thread", "its second thread", "its third thread"] {
            sees(format_args!("request `a`, on {thread}"), "a");
            pending!();
        }
    };
    let mut request: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(with_request(id("a"), steps));
    for _ in 0..3 {
        let handle = Handle::current();
        let polled = thread::spawn(move || {
            let _runtime = handle.enter();
            let poll = request.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            expect(poll.is_pending(), "a request that is not done yet", "a request that has ended");
            sees_none("the thread, after its turn with request `a`");
            request
        });
        request = polled.join().unwrap_or_else(|panic| resume_unwind(panic));
    }
}

/// After a panic inside a scope the outer id is back, or there is none.
#[lab::test(rejects(), read = "Values that belong to a request")]
async fn after_a_panic_the_outer_id_is_back() {
    for turns in 0..2 {
        let fails = || async move {
            for _ in 0..turns {
                yield_now().await;
            }
            panics::inject("the request fails")
        };
        with_request(id("a"), async {
            let caught: Result<(), String> = panics::catch_async(with_request(id("b"), fails())).await;
            let seen = "what came out of a request that panicked";
            expect_eq(seen, Err("the request fails".to_owned()), caught);
            sees("the outer request, after a panic in the inner one was caught", "a");
            yield_now().await;
            sees("the outer request, a turn later", "a");
        })
        .await;
        let caught: Result<(), String> = panics::catch_async(with_request(id("a"), fails())).await;
        expect(caught.is_err(), "the panic of a request to pass through `with_request`", "an ordinary end");
        sees_none("the caller, after a panic in the only request was caught");
        let task = tokio::spawn(with_request::<Pin<Box<dyn Future<Output = ()> + Send>>>(id("c"), Box::pin(fails())));
        expect(task.await.is_err(), "an error from the handle of a task that panicked", "an ordinary end");
        sees_none("another task on the thread where a request panicked");
    }
}

/// A scope may be dropped half-way; that changes nothing for anybody else.
#[lab::test(rejects(), read = "Three ways to stop")]
async fn a_scope_dropped_half_way_leaves_nothing_behind() {
    let futures = DropCounter::new();
    with_request(id("a"), async {
        let token = futures.token();
        let endless = async move {
            let _token = token;
            sees("the inner request", "b");
            pending::<()>().await;
        };
        let given_up = timeout(ms(10), with_request(id("b"), endless)).await;
        expect(given_up.is_err(), "a timeout", "the end of a future that never ends");
        expect_eq("futures alive after their scope was dropped", 0, futures.alive());
        sees("the outer request, after the inner one was dropped", "a");
        sleep(ms(10)).await;
        sees("the outer request, after the inner one was dropped and an await", "a");
    })
    .await;
    let given_up = timeout(ms(10), with_request(id("c"), pending::<()>())).await;
    expect(given_up.is_err(), "a timeout", "the end of a future that never ends");
    sees_none("the caller, after the only request was dropped");
}

/// Compiles only if a scope around a `Send` future is `Send`, so that a server can spawn it.
#[expect(dead_code, reason = "the compiler's verdict is all that is wanted")]
fn a_scope_may_move_between_threads<F: Future + Send>(fut: F) {
    is_send(&with_request(id("a"), fut));
}

/// A plain `tokio::spawn` or `spawn_blocking` does not carry the id over.
#[lab::test(clock = real, rejects(M41), read = "Values that belong to a request")]
async fn a_plain_spawn_does_not_carry_the_id() {
    with_request(id("a"), async {
        let task = tokio::spawn(async {
            sees_none("a task from a plain `tokio::spawn` inside request `a`");
            yield_now().await;
            sees_none("a task from a plain `tokio::spawn` inside request `a`, after an await");
        });
        task.await.expect("the task ends");
        let closure = spawn_blocking(|| sees_none("a closure from a plain `spawn_blocking` inside request `a`"));
        closure.await.expect("the closure ends");
        sees("the request itself, meanwhile", "a");
    })
    .await;
}

/// `spawn_in_scope` carries the id over into the task, and into the tasks of that task.
#[lab::test(rejects(M41), read = "Values that belong to a request")]
async fn a_task_spawned_in_scope_has_the_id() {
    let task = with_request(id("a"), async {
        spawn_in_scope(async {
            sees("a task from `spawn_in_scope`, at its beginning", "a");
            sleep(ms(10)).await;
            sees("a task from `spawn_in_scope`, after an await", "a");
            let of_the_task = spawn_in_scope(async {
                sees("a task that the spawned task has spawned in scope", "a");
                7
            });
            of_the_task.await
        })
    });
    let output = task.await.await.expect("the task ends").expect("the task of the task ends");
    expect_eq("the output, through two handles", 7, output);
}

/// A task keeps the id that was current when it was spawned, whatever the caller does next.
#[lab::test(rejects(M41), read = "Values that belong to a request")]
async fn a_task_keeps_the_id_it_was_spawned_with() {
    let journal = Journal::new();
    let steps = |label: &'static str, name: &'static str| {
        journal.during(label, async move {
            for _ in 0..4 {
                sees(label, name);
                sleep(ms(20)).await;
            }
        })
    };
    let (first, second) = with_request(id("a"), async {
        let first = spawn_in_scope(steps("a task of request a", "a"));
        let second = with_request(id("b"), async {
            let second = spawn_in_scope(steps("a task of request b", "b"));
            sleep(ms(30)).await;
            second
        })
        .await;
        sees("the outer request, after the inner one", "a");
        (first, second)
    })
    .await;
    // Neither task has had its last turn, and both scopes have ended.
    with_request(id("c"), async {
        first.await.expect("the task of request a ends");
        second.await.expect("the task of request b ends");
        sees("the request that awaits tasks of others", "c");
    })
    .await;
}

/// In a spawned task scopes nest as anywhere, and the caller's id stays as it is.
#[lab::test(rejects(), read = "Values that belong to a request")]
async fn scopes_nest_in_a_spawned_task() {
    with_request(id("a"), async {
        let task = spawn_in_scope(async {
            with_request(id("b"), async {
                sees("an inner request in a spawned task", "b");
                sleep(ms(20)).await;
                sees("an inner request in a spawned task, after an await", "b");
            })
            .await;
            sees("the spawned task, after its inner request", "a");
        });
        for _ in 0..3 {
            sleep(ms(7)).await;
            sees("the caller, while its task is in an inner request", "a");
        }
        task.await.expect("the task ends");
    })
    .await;
}

/// The handle yields the output, reports a panic, and `abort` drops the future.
#[lab::test(rejects(M19), read = "Three ways to stop")]
async fn the_handle_is_that_of_the_task() {
    for scoped in [true, false] {
        let futures = DropCounter::new();
        let panicking = || spawn_in_scope(async { panics::inject("the task fails") });
        let endless = || {
            let token = futures.token();
            spawn_in_scope(async move {
                let _token = token;
                pending::<()>().await;
            })
        };
        let both = async { (panicking(), endless()) };
        let (panicking, endless) = if scoped { with_request(id("a"), both).await } else { both.await };
        let error: tokio::task::JoinError = panicking.await.map(|()| ()).err().unwrap_or_else(|| {
            fail("an error from the handle of a task that panicked", "an ordinary end");
        });
        expect(error.is_panic(), "an error that says that the task panicked", &error);
        sees_none("another task on the thread where a spawned task panicked");
        settle().await;
        endless.abort();
        settle().await;
        expect_eq("futures alive after `abort`", 0, futures.alive());
        let error = endless.await.err();
        expect(error.is_some(), "an error from the handle of an aborted task", "an ordinary end");
    }
}

/// A dropped handle leaves the task running, with its id.
#[lab::test(rejects(M19), read = "Three ways to stop")]
async fn a_task_runs_on_without_its_handle() {
    let journal = Journal::new();
    with_request(id("a"), async {
        drop(spawn_in_scope(journal.during("a task without a handle", async {
            sleep(ms(30)).await;
            sees("a task whose handle was dropped", "a");
        })));
    })
    .await;
    sleep(ms(50)).await;
    expect_eq("tasks that have run to their end", vec!["a task without a handle".to_owned()], journal.finished());
}

/// Outside any request `spawn_in_scope` works, and there is no id in the task.
#[lab::test(rejects(), read = "Values that belong to a request")]
async fn spawn_in_scope_works_outside_any_request() {
    let task = spawn_in_scope(async {
        sees_none("a task from `spawn_in_scope` outside any request");
        sleep(ms(10)).await;
        sees_none("a task from `spawn_in_scope` outside any request, after an await");
        with_request(id("a"), async { sees("a request in that task", "a") }).await;
        sees_none("that task, after a request of its own");
        7
    });
    // Whoever awaits it is in a request. The task is not.
    let output = with_request(id("b"), task).await;
    expect_eq("the output of the task", 7, output.expect("the task ends"));
}

/// Outside any request `spawn_blocking_in_scope` works, and there is no id in the closure.
#[lab::test(clock = real, rejects(), read = "Values that belong to a request")]
async fn spawn_blocking_in_scope_works_outside_any_request() {
    let closure = spawn_blocking_in_scope(|| {
        sees_none("a closure from `spawn_blocking_in_scope` outside any request");
        7
    });
    let output = with_request(id("b"), closure).await;
    expect_eq("the output of the closure", 7, output.expect("the closure ends"));
}

/// `spawn_blocking_in_scope` carries the id over.
#[lab::test(clock = real, rejects(M41), read = "Values that belong to a request")]
async fn a_blocking_closure_in_scope_has_the_id() {
    let closure = with_request(id("a"), async {
        spawn_blocking_in_scope(|| {
            sees("a closure from `spawn_blocking_in_scope`", "a");
            // A request of its own, without an await that waits.
            with_request(id("b"), async { sees("a request in that closure", "b") }).now_or_never();
            sees("the closure, after a request of its own", "a");
            let task = spawn_in_scope(async { sees("a task that the closure has spawned in scope", "a") });
            let closure = spawn_blocking_in_scope(|| sees("a closure that the closure has spawned in scope", "a"));
            (task, closure)
        })
    });
    let (task, closure) = closure.await.await.expect("the closure ends");
    task.await.expect("the task of the closure ends");
    closure.await.expect("the closure of the closure ends");
}

/// The closure of `spawn_blocking_in_scope` runs on a thread for blocking work.
#[lab::test(clock = real, rejects(M34), read = "What a timeout cannot stop")]
async fn a_blocking_closure_runs_off_the_runtimes_thread() {
    let runtimes_thread = thread::current().id();
    let gate = Gate::closed();
    let closure = || {
        let gate = gate.clone();
        spawn_blocking_in_scope(move || {
            let here = thread::current().id();
            expect(
                here != runtimes_thread,
                "a closure on a thread for blocking work",
                "a closure on the runtime's thread, where every task has to wait for it",
            );
            gate.pass_blocking();
        })
    };
    let inside = with_request(id("a"), async { closure() }).await;
    let outside = closure();
    gate.arrivals(2, "closures under way at the same time, while other tasks go on").await;
    Heartbeat::start().beats(10).await;
    gate.open();
    inside.await.expect("the closure ends");
    outside.await.expect("the closure ends");
}

/// When a closure has returned, its thread has no id any more.
#[lab::test(rejects(), read = "Values that belong to a request")]
fn a_blocking_thread_forgets_the_request() {
    on_a_single_blocking_thread(async {
        let closure =
            with_request(id("a"), async { spawn_blocking_in_scope(|| sees("a closure of request `a`", "a")) });
        closure.await.await.expect("the closure ends");
        let next = spawn_blocking(|| sees_none("the thread where a closure of request `a` has returned"));
        next.await.expect("the closure ends");
        let next = spawn_blocking_in_scope(|| sees_none("a closure of no request, on the thread where `a` had one"));
        next.await.expect("the closure ends");
    });
}

/// When a closure has panicked, its handle says so, and its thread has no id any more.
#[lab::test(rejects(), read = "Values that belong to a request")]
fn a_blocking_thread_forgets_the_request_after_a_panic() {
    on_a_single_blocking_thread(async {
        let closure = with_request(id("a"), async {
            spawn_blocking_in_scope(|| panics::inject("the closure of the request fails"))
        });
        let error: Result<(), _> = closure.await.await;
        let panicked = error.is_err_and(|error| error.is_panic());
        expect(panicked, "an error that says that the closure panicked", "something else");
        let next = spawn_blocking(|| sees_none("the thread where a closure of request `a` has panicked"));
        next.await.expect("the closure ends");
    });
}

/// Every text is an id, the empty one, too.
#[lab::test(rejects(), read = "Values that belong to a request")]
async fn an_empty_id_is_an_id_like_any_other() {
    with_request(id("a"), async {
        with_request(id(""), async {
            sees("a request with an empty id", "");
            let task = spawn_in_scope(async { sees("a task of a request with an empty id", "") });
            task.await.expect("the task ends");
        })
        .await;
        sees("the outer request, after an inner one with an empty id", "a");
    })
    .await;
}

// --- Helpers ---

fn id(text: &str) -> RequestId {
    RequestId(text.to_owned())
}

/// The code that runs now belongs to the request of this name.
fn sees(place: impl std::fmt::Display, name: &str) {
    expect_eq(&format!("`current_request()` in {place}"), Some(id(name)), current_request());
}

/// The code that runs now belongs to no request.
fn sees_none(place: impl std::fmt::Display) {
    expect_eq(&format!("`current_request()` in {place}"), None, current_request());
}

/// Runs `test` on a runtime that has one thread for blocking work, so that all closures run on the same.
fn on_a_single_blocking_thread(test: impl Future<Output = ()>) {
    let runtime = Builder::new_current_thread().max_blocking_threads(1).build().expect("a runtime");
    runtime.block_on(test);
}
