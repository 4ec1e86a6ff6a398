//! What the contract of `image-service` promises, clause by clause.
//!
//! Workers block their threads for real, so the clock is real, too, and no test looks at it: a call of `render` stands
//! at a gate until the test lets it through. Calls are made one at a time, and each is given the time to get where it
//! is going, so that it is never in the moment between the queue and a worker that a test looks at a job.

use std::num::NonZeroUsize;
use std::ops::Deref;
use std::sync::Arc;
use std::thread;

use lab::awaited::awaiting;
use lab::prelude::*;
use tokio::task::{JoinHandle, LocalSet, spawn_local, yield_now};

use crate::image_service::{ImageJob, ImageService, ServiceError, Thumbnail};

type Answer = Result<Thumbnail, ServiceError>;

/// `render` never runs on a thread of the runtime.
#[lab::test(clock = real, rejects(M34), read = "CPU work beside async code")]
async fn render_runs_off_the_runtimes_threads() {
    let runtimes_thread = thread::current().id();
    let service = ImageService::start(count(2), 2, move |job| {
        let off = thread::current().id() != runtimes_thread;
        expect(off, "`render` called on a thread for blocking work", "a call on the runtime's thread");
        Ok(thumbnail(job.id))
    });
    expect_eq("the answer", Ok(thumbnail(7)), service.process(job(7)).await);
    stop(&service).await;
}

/// Other tasks go on while every worker is busy.
#[lab::test(clock = real, rejects(M34), read = "CPU work beside async code")]
async fn other_tasks_go_on_while_every_worker_is_busy() {
    let heart = Heartbeat::start();
    let house = House::start(2, 2).await;
    let blocked = house.gate.clone();
    let _awaited = awaiting("other tasks to get their turn while calls of `render` stand at a gate", move || {
        format!("the runtime's thread waits with them (calls at the gate: {})", blocked.arrived())
    });
    let watching = async {
        house.rendering(1, "call of `render`").await;
        heart.beats(100).await;
        house.gate.open();
    };
    let (answer, ()) = tokio::join!(house.service.process(job(1)), watching);
    expect_eq("the answer", Ok(thumbnail(1)), answer);
    stop(&house.service).await;
}

/// `workers` calls of `render` go on at once when there are enough jobs.
#[lab::test(clock = real, rejects(M91), read = "Admission is not execution")]
async fn as_many_at_once_as_workers() {
    LocalSet::new()
        .run_until(async {
            let house = House::start(3, 3).await;
            let calls = house.calls(1..=6).await;
            house.rendering(3, "calls of `render` at the same time: there are 3 workers, and 6 jobs").await;
            house.gate.open();
            for (id, call) in (1..).zip(calls) {
                call.ends_in(Ok(thumbnail(id)), "a job that was accepted").await;
            }
            stop(&house.service).await;
        })
        .await;
}

/// At most `workers` calls of `render` go on at once.
#[lab::test(clock = real, rejects(M72), read = "Admission is not execution")]
async fn never_more_at_once_than_workers() {
    LocalSet::new()
        .run_until(async {
            let house = House::start(2, 4).await;
            let calls = house.calls(1..=6).await;
            house.rendering(2, "calls of `render` at the same time: there are 2 workers, and 6 jobs").await;
            house.journal.expect_at_most(2, "calls of `render`");
            house.gate.open();
            for (id, call) in (1..).zip(calls) {
                call.ends_in(Ok(thumbnail(id)), "a job that was accepted").await;
            }
            house.journal.expect_at_most(2, "calls of `render`");
            stop(&house.service).await;
        })
        .await;
}

/// With `workers` jobs running and `queue` waiting, a call returns `Busy` at once.
#[lab::test(clock = real, rejects(M03), read = "Admission is not execution")]
async fn busy_when_workers_are_busy_and_the_queue_is_full() {
    LocalSet::new()
        .run_until(async {
            let house = House::start(2, 3).await;
            let calls = house.calls(1..=5).await;
            let refused = house.call(6).await;
            refused.answers_now(&Err(ServiceError::Busy), "2 workers are busy, and 3 jobs wait, as many as may").await;
            house.gate.open();
            for (id, call) in (1..).zip(calls) {
                call.ends_in(Ok(thumbnail(id)), "a job that was accepted").await;
            }
            stop(&house.service).await;
            let rendered = house.journal.begun().contains(&"job 6".to_owned());
            expect(!rendered, "the refused job is never rendered", "`render` was called for it");
        })
        .await;
}

/// As many jobs wait as the queue has places: none of them is refused.
#[lab::test(clock = real, rejects(), read = "Admission is not execution")]
async fn as_many_wait_as_the_queue_has_places() {
    LocalSet::new()
        .run_until(async {
            let house = House::start(2, 3).await;
            let calls = house.calls(1..=5).await;
            for (at, call) in calls.iter().enumerate() {
                call.is_accepted(&format!("call {} of 5, there being 2 workers, and a queue of 3", at + 1));
            }
            house.gate.open();
            for (id, call) in (1..).zip(calls) {
                call.ends_in(Ok(thumbnail(id)), "a job that was accepted").await;
            }
            stop(&house.service).await;
        })
        .await;
}

/// With a queue of 0, a call is accepted if it can start, and otherwise `Busy`.
#[lab::test(clock = real, rejects(M03), read = "Admission is not execution")]
async fn without_a_queue_only_what_can_start_is_accepted() {
    LocalSet::new()
        .run_until(async {
            let house = House::start(2, 0).await;
            let calls = house.calls(1..=2).await;
            calls.iter().for_each(|call| call.is_accepted("one of 2 calls, there being 2 idle workers, and no queue"));
            let refused = house.call(3).await;
            refused.answers_now(&Err(ServiceError::Busy), "both workers are busy, and `queue` is 0").await;
            house.gate.open();
            for (id, call) in (1..).zip(calls) {
                call.ends_in(Ok(thumbnail(id)), "a job that was accepted").await;
            }
            stop(&house.service).await;
        })
        .await;
}

/// A refused call leaves no trace: as soon as there is room, another is accepted, and no more than fit.
#[lab::test(clock = real, rejects(), read = "Admission is not execution")]
async fn a_refused_call_leaves_no_trace() {
    LocalSet::new()
        .run_until(async {
            let house = House::start(1, 1).await;
            let calls = house.calls(1..=2).await;
            for id in 3..=6 {
                let refused = house.call(id).await;
                refused.answers_now(&Err(ServiceError::Busy), "the worker is busy, and the queue full").await;
            }
            house.gate.admit(1);
            settle_threads().await;
            let next = house.call(7).await;
            next.is_accepted("a call, one of two jobs having ended, and 4 calls having been refused before");
            let refused = house.call(8).await;
            refused.answers_now(&Err(ServiceError::Busy), "the worker is busy, and the queue full again").await;
            house.gate.open();
            for (id, call) in (1..).zip(calls) {
                call.ends_in(Ok(thumbnail(id)), "a job that was accepted").await;
            }
            next.ends_in(Ok(thumbnail(7)), "a job that was accepted").await;
            stop(&house.service).await;
        })
        .await;
}

/// An error of `render` becomes `Failed` with its message, for that job only.
#[lab::test(clock = real, rejects(), read = "A worker that breaks")]
async fn an_error_becomes_failed() {
    let service = ImageService::start(count(1), 1, |job| match job.id {
        2 => Err(format!("{} is no image", job.filename)),
        id => Ok(thumbnail(id)),
    });
    expect_eq("the answer to job 1", Ok(thumbnail(1)), service.process(job(1)).await);
    settle_threads().await;
    let failed = Err(ServiceError::Failed("2.png is no image".to_owned()));
    expect_eq("the answer to job 2", failed, service.process(job(2)).await);
    settle_threads().await;
    expect_eq("the answer to job 3", Ok(thumbnail(3)), service.process(job(3)).await);
    stop(&service).await;
}

/// A panic of `render` becomes `Failed` with its text.
#[lab::test(clock = real, rejects(M24), read = "A worker that breaks")]
async fn a_panic_becomes_failed_with_its_text() {
    let service = ImageService::start(count(1), 1, |job| match job.id {
        1 => panics::inject("a broken image"),
        2 => panics::inject_owned(format!("{} is broken", job.filename)),
        3 => panics::inject_odd(),
        id => Ok(thumbnail(id)),
    });
    for (id, text) in [(1, Some("a broken image")), (2, Some("2.png is broken")), (3, None)] {
        let answer = match panics::catch_async(service.process(job(id))).await {
            Ok(answer) => answer,
            Err(text) => fail("`process` returns `Failed` when `render` panics", format_args!("it panics: {text}")),
        };
        match (&answer, text) {
            (Err(ServiceError::Failed(_)), None) => {}
            (_, None) => fail("`Failed` with any text, the panic having none", format_args!("{answer:?}")),
            (_, Some(text)) => {
                expect_eq("the answer to a job that panics", Err(ServiceError::Failed(text.to_owned())), answer);
            }
        }
        settle_threads().await;
    }
    expect_eq("the answer to a job after the panics", Ok(thumbnail(4)), service.process(job(4)).await);
    stop(&service).await;
}

/// After panics as many jobs can run, and wait, as before.
#[lab::test(clock = real, rejects(M24), read = "A worker that breaks")]
async fn panics_cost_no_worker_and_no_place() {
    LocalSet::new()
        .run_until(async {
            let house = House::start(2, 1).await;
            for _ in 0..4 {
                let broken = house.call(BROKEN).await;
                let failed = Err(ServiceError::Failed("a broken image".to_owned()));
                broken.ends_in(failed, "a job that panics").await;
                settle_threads().await;
            }
            let calls = house.calls(1..=3).await;
            let what = "calls of `render` at the same time, 4 others having panicked: there are 2 workers, and 3 jobs";
            house.rendering_since(4, 2, what).await;
            calls.iter().for_each(|call| call.is_accepted("one of 3 calls after 4 panics: 2 workers, a queue of 1"));
            house.gate.open();
            for (id, call) in (1..).zip(calls) {
                call.ends_in(Ok(thumbnail(id)), "a job after the panics").await;
            }
            stop(&house.service).await;
        })
        .await;
}

/// Each caller gets the answer to its own job, whichever ends first.
#[lab::test(clock = real, rejects(), read = "Handles, and the end of an actor")]
async fn each_caller_gets_its_own_answer() {
    LocalSet::new()
        .run_until(async {
            let gates: Arc<[TestGate]> = (0..4).map(|_| gate()).collect();
            let service = {
                let gates = gates.clone();
                ImageService::start(count(4), 0, move |job| {
                    gates[usize::try_from(job.id).unwrap_or(0)].pass_blocking();
                    Ok(thumbnail(job.id))
                })
            };
            settle_threads().await;
            let mut calls = Vec::new();
            for id in 0..4 {
                calls.push((id, Call::begin(&service, id).await));
            }
            while let Some((id, call)) = calls.pop() {
                gates[usize::try_from(id).unwrap_or(0)].open();
                call.ends_in(Ok(thumbnail(id)), "the job that ends next").await;
            }
            stop(&service).await;
        })
        .await;
}

/// A caller that goes away while its job runs harms no worker.
#[lab::test(clock = real, rejects(M09), read = "Handles, and the end of an actor")]
async fn a_gone_caller_harms_no_worker() {
    LocalSet::new()
        .run_until(async {
            let house = House::start(1, 1).await;
            let gone = house.call(1).await;
            house.rendering(1, "call of `render`").await;
            gone.goes_away().await;
            house.gate.open();
            settle_threads().await;
            let next = house.call(2).await;
            next.ends_in(Ok(thumbnail(2)), "a call after another caller went away").await;
            stop(&house.service).await;
        })
        .await;
}

/// The job of a gone caller runs to its end, and occupies its worker until then.
#[lab::test(clock = real, rejects(M36, M72), read = "Admission is not execution")]
async fn a_gone_caller_still_occupies_its_worker() {
    LocalSet::new()
        .run_until(async {
            let house = House::start(1, 0).await;
            let gone = house.call(1).await;
            house.rendering(1, "call of `render`").await;
            gone.goes_away().await;
            let refused = house.call(2).await;
            house.journal.expect_at_most(1, "call of `render`");
            refused.answers_now(&Err(ServiceError::Busy), "the only worker is at the job of a caller that left").await;
            house.gate.open();
            stop(&house.service).await;
            expect_eq("the jobs rendered to their end", vec!["job 1".to_owned()], house.journal.finished());
        })
        .await;
}

/// Callers that leave the queue leave no trace: soon there is as much room as before.
#[lab::test(clock = real, rejects(M09), read = "Admission is not execution")]
async fn callers_that_leave_the_queue_leave_no_trace() {
    LocalSet::new()
        .run_until(async {
            let house = House::start(1, 2).await;
            let mut calls = house.calls(1..=3).await;
            for waiting in calls.drain(1..) {
                waiting.goes_away().await;
            }
            // Whatever comes of the two that waited: it passes as well, once it is there.
            for (running, call) in (1..).zip(calls) {
                house.gate.admit(1);
                call.ends_in(Ok(thumbnail(running)), "a job while others in the queue were given up").await;
            }
            settle_threads().await;
            for _ in 0..2 {
                if house.gate.waiting() > 0 {
                    house.gate.admit(1);
                    settle_threads().await;
                }
            }
            let again = house.calls(11..=13).await;
            for call in &again {
                call.is_accepted("one of 3 calls, all before having ended: there is 1 worker, and a queue of 2");
            }
            house.gate.open();
            for (id, call) in (11..).zip(again) {
                call.ends_in(Ok(thumbnail(id)), "a call after others were given up").await;
            }
            stop(&house.service).await;
        })
        .await;
}

/// Once `stop` has begun, on whatever clone, each new call returns `Stopped`.
#[lab::test(clock = real, rejects(M82), read = "Stopping in order")]
async fn new_jobs_are_refused_once_stop_has_begun() {
    LocalSet::new()
        .run_until(async {
            let house = House::start(1, 1).await;
            let running = house.call(1).await;
            house.rendering(1, "call of `render`").await;
            let stopping = Stopping::begin(&house.service.clone()).await;
            for (id, service) in [(2, &house.service), (3, &house.service.clone())] {
                let late = Call::begin(service, id).await;
                late.answers_now(&Err(ServiceError::Stopped), "`stop` was called on a clone and is still waiting")
                    .await;
            }
            house.gate.open();
            running.ends_in(Ok(thumbnail(1)), "the job that was running when `stop` was called").await;
            stopping.returns("the only job has ended").await;
            let late = house.call(4).await;
            late.answers_now(&Err(ServiceError::Stopped), "`stop` has returned").await;
        })
        .await;
}

/// A full service that is stopped says `Stopped`, not `Busy`.
#[lab::test(clock = real, rejects(M82), read = "Stopping in order")]
async fn stopped_goes_before_busy() {
    LocalSet::new()
        .run_until(async {
            let house = House::start(1, 0).await;
            let running = house.call(1).await;
            house.rendering(1, "call of `render`").await;
            let stopping = Stopping::begin(&house.service).await;
            let late = house.call(2).await;
            late.answers_now(&Err(ServiceError::Stopped), "`stop` was called while the service was full").await;
            house.gate.open();
            running.ends_in(Ok(thumbnail(1)), "the job that was running when `stop` was called").await;
            stopping.returns("the only job has ended").await;
        })
        .await;
}

/// Accepted jobs are finished and answered after `stop`, those that wait as well as those that run.
#[lab::test(clock = real, rejects(M36, M82), read = "Stopping in order")]
async fn stop_lets_accepted_jobs_finish() {
    LocalSet::new()
        .run_until(async {
            let house = House::start(1, 2).await;
            let calls = house.calls(1..=3).await;
            house.rendering(1, "call of `render`").await;
            let stopping = Stopping::begin(&house.service).await;
            house.gate.open();
            for (id, call) in (1..).zip(calls) {
                call.ends_in(Ok(thumbnail(id)), "a job accepted before `stop`").await;
            }
            stopping.returns("all accepted jobs have ended").await;
        })
        .await;
}

/// `stop` returns when the last accepted job has ended, and not before.
#[lab::test(clock = real, rejects(M36, M82), read = "Stopping in order")]
async fn stop_returns_when_the_last_job_has_ended() {
    LocalSet::new()
        .run_until(async {
            let house = House::start(1, 1).await;
            let calls = house.calls(1..=2).await;
            house.rendering(1, "call of `render`").await;
            let stopping = Stopping::begin(&house.service).await;
            stopping.waits(&house.journal, "one job is running, and one waits");
            house.gate.admit(1);
            house.rendering(2, "calls of `render` in all, the first of two jobs having ended").await;
            stopping.waits(&house.journal, "the second of two jobs is running");
            house.gate.open();
            for (id, call) in (1..).zip(calls) {
                call.ends_in(Ok(thumbnail(id)), "a job accepted before `stop`").await;
            }
            stopping.returns("all accepted jobs have ended").await;
        })
        .await;
}

/// `stop` waits for the running job of a caller that has gone away, too.
#[lab::test(clock = real, rejects(M36), read = "Stopping in order")]
async fn stop_waits_for_the_job_of_a_gone_caller() {
    LocalSet::new()
        .run_until(async {
            let house = House::start(1, 1).await;
            let gone = house.call(1).await;
            house.rendering(1, "call of `render`").await;
            gone.goes_away().await;
            let stopping = Stopping::begin(&house.service).await;
            stopping.waits(&house.journal, "a job is running, though its caller went away");
            house.gate.open();
            stopping.returns("the only job has ended").await;
        })
        .await;
}

/// `stop` may be called again, also beside one that waits, and waits each time until all has ended.
#[lab::test(clock = real, rejects(M36, M82), read = "Stopping in order")]
async fn every_stop_waits() {
    LocalSet::new()
        .run_until(async {
            let house = House::start(1, 0).await;
            let running = house.call(1).await;
            house.rendering(1, "call of `render`").await;
            let given_up = Stopping::begin(&house.service).await;
            given_up.is_given_up().await;
            let stops = [Stopping::begin(&house.service).await, Stopping::begin(&house.service.clone()).await];
            for stopping in &stops {
                stopping.waits(&house.journal, "a job is running; other calls of `stop` came before");
            }
            house.gate.open();
            running.ends_in(Ok(thumbnail(1)), "the job that was running when `stop` was called").await;
            for stopping in stops {
                stopping.returns("the only job has ended").await;
            }
            Stopping::begin(&house.service).await.returns("the service has been stopped before").await;
        })
        .await;
}

/// A service that never had a job can be stopped.
#[lab::test(clock = real, rejects(), read = "Stopping in order")]
async fn an_idle_service_stops() {
    LocalSet::new()
        .run_until(async {
            let house = House::start(2, 2).await;
            Stopping::begin(&house.service).await.returns("there never was a job").await;
            let late = house.call(1).await;
            late.answers_now(&Err(ServiceError::Stopped), "`stop` has returned").await;
        })
        .await;
}

/// The id of a job that panics.
const BROKEN: u64 = 99;

/// A service whose calls of `render` stand at a gate.
struct House {
    journal: Journal,
    gate: TestGate,
    begun: Gate,
    service: ImageService,
}

impl House {
    /// A service whose workers are ready.
    async fn start(workers: usize, queue: usize) -> Self {
        let (journal, gate, begun) = (Journal::new(), gate(), open_gate());
        let render = {
            let (journal, gate, begun) = (journal.clone(), gate.clone(), begun.clone());
            move |job: &ImageJob| {
                let _span = journal.begin(format_args!("job {}", job.id));
                begun.pass_blocking();
                if job.id == BROKEN {
                    panics::inject("a broken image");
                }
                gate.pass_blocking();
                Ok(thumbnail(job.id))
            }
        };
        let service = ImageService::start(count(workers), queue, render);
        settle_threads().await;
        Self { journal, gate, begun, service }
    }

    /// A call, which has got as far as it can without the test's help.
    async fn call(&self, id: u64) -> Call {
        Call::begin(&self.service, id).await
    }

    /// Calls, one after the other.
    async fn calls(&self, ids: impl IntoIterator<Item = u64>) -> Vec<Call> {
        let mut calls = Vec::new();
        for id in ids {
            calls.push(self.call(id).await);
        }
        calls
    }

    /// Completes when `render` has been called so many times in all. `what` completes the sentence "expected 3 …".
    fn rendering(&self, calls: usize, what: &str) -> impl Future<Output = ()> + use<> {
        self.rendering_since(0, calls, what)
    }

    /// The same, calls before not counted.
    fn rendering_since(&self, before: usize, calls: usize, what: &str) -> impl Future<Output = ()> + use<> {
        let begun = self.begun.clone();
        let arrivals = self.begun.arrivals(before + calls, "calls of `render`");
        let awaited =
            awaiting(format!("{calls} {what}"), move || begun.arrived().saturating_sub(before).min(calls).to_string());
        async move {
            arrivals.await;
            drop(awaited);
        }
    }
}

/// A call of `process` under way. The test goes on beside it.
struct Call {
    id: u64,
    task: JoinHandle<Answer>,
}

impl Call {
    async fn begin(service: &ImageService, id: u64) -> Self {
        let service = service.clone();
        let task = spawn_local(async move { service.process(job(id)).await });
        settle_threads().await;
        Self { id, task }
    }

    /// It must not have been answered by now. `which` says which call it is.
    fn is_accepted(&self, which: &str) {
        expect(!self.task.is_finished(), format_args!("accepted: {which}"), "it was answered at once");
    }

    /// It must have this answer, though nothing else has happened.
    async fn answers_now(self, expected: &Answer, when: &str) {
        let id = self.id;
        if !self.task.is_finished() {
            fail(format_args!("{expected:?} at once: {when}"), format_args!("the call for job {id} waits"));
        }
        let answer = self.task.await;
        match answer {
            Ok(answer) if answer == *expected => {}
            Ok(answer) => fail(format_args!("{expected:?}: {when}"), format_args!("{answer:?}")),
            Err(_) => fail(format_args!("{expected:?}: {when}"), "a panic of `process`"),
        }
    }

    /// It must be answered like this.
    async fn ends_in(self, expected: Answer, which: &str) {
        let id = self.id;
        let _awaited =
            awaiting(format!("an answer to job {id}: {which}"), || "none, and nothing can happen any more".to_owned());
        match self.task.await {
            Ok(answer) => expect_eq(&format!("the answer to job {id}, {which}"), expected, answer),
            Err(_) => fail(format_args!("{expected:?} for job {id}, {which}"), "a panic of `process`"),
        }
    }

    /// The caller drops its future.
    async fn goes_away(self) {
        if self.task.is_finished() {
            fail(format_args!("the call for job {} waits for its answer", self.id), "it has been answered");
        }
        self.task.abort();
        settle_threads().await;
    }
}

/// A call of `stop` under way.
struct Stopping(JoinHandle<()>);

impl Stopping {
    async fn begin(service: &ImageService) -> Self {
        let service = service.clone();
        let task = spawn_local(async move { service.stop().await });
        settle_threads().await;
        Self(task)
    }

    fn waits(&self, journal: &Journal, why: &str) {
        if self.0.is_finished() {
            journal.fail(format_args!("`stop` waits: {why}"), "it returned");
        }
    }

    async fn returns(self, when: &str) {
        let _awaited = awaiting(format!("`stop` to return: {when}"), || "it waits for ever".to_owned());
        if self.0.await.is_err() {
            fail("`stop` returns", "it panics");
        }
    }

    async fn is_given_up(self) {
        self.0.abort();
        settle_threads().await;
    }
}

/// Stops a service at the end of a test that is about something else.
async fn stop(service: &ImageService) {
    let what = "`stop` to return: all jobs have ended, or will, because nothing holds them up any more";
    let _awaited = awaiting(what, || "it waits for ever".to_owned());
    service.stop().await;
}

/// A gate that opens when the test ends, however it ends, so that no call is left standing before it.
struct TestGate(Gate);

impl Deref for TestGate {
    type Target = Gate;

    fn deref(&self) -> &Gate {
        &self.0
    }
}

impl Drop for TestGate {
    fn drop(&mut self) {
        self.0.open();
    }
}

/// A gate that lets nobody through before the test says so.
fn gate() -> TestGate {
    TestGate(Gate::closed())
}

/// A gate that stands open and only counts who passes.
fn open_gate() -> Gate {
    let gate = Gate::closed();
    gate.open();
    gate
}

/// Returns when everything has happened that can happen without the test's help. What a thread has done may give a task
/// something to do, and that another thread; hence the rounds.
async fn settle_threads() {
    for _ in 0..3 {
        for _ in 0..30 {
            yield_now().await;
        }
        quiesce();
    }
    for _ in 0..30 {
        yield_now().await;
    }
}

fn job(id: u64) -> ImageJob {
    ImageJob { id, filename: format!("{id}.png") }
}

fn thumbnail(id: u64) -> Thumbnail {
    Thumbnail { id, size: id * 100 }
}

fn count(workers: usize) -> NonZeroUsize {
    NonZeroUsize::new(workers).expect("tests ask for at least one")
}
