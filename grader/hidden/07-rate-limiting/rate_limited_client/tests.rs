//! What the contract of `rate-limited-client` promises, clause by clause.
//!
//! There is no network: the transport answers from a script, and writes down when it was asked. The clock is paused, so
//! instants are exact. Which call is sent first is open, so the tests look at when something was sent, not at what.
//! A bucket that is refilled every 10 s stands for one that is not refilled during the test.

use std::future::pending;
use std::num::{NonZeroU32, NonZeroUsize};
use std::ops::Range;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::future::{BoxFuture, FutureExt};
use futures::join;
use futures::stream::{FuturesOrdered, StreamExt};
use lab::prelude::*;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::rate_limited_client::{ApiClient, ClientConfig, ClientError, Response, Transport, TransportError};

// --- Two limits ---

/// Sends follow the bucket: `burst` at once, then one every `refill_every`, however fast the answers are.
#[lab::test(rejects(M74), read = "Rate is not concurrency")]
async fn instant_answers_do_not_outrun_the_bucket() {
    let api = Api::answering(|_, _| after(0, status(200)));
    let client = api.client(config(3, 100, 10));
    all_ok(get_all(&client, 1..7).await);
    api.expect_sent_at("burst 3, then one every 100 ms", [0, 0, 0, 100, 200, 300]);
}

/// After a pause the bucket holds `burst` tokens and no more.
#[lab::test(rejects(M52), read = "Rate is not concurrency")]
async fn a_pause_is_worth_one_burst() {
    let api = Api::answering(|_, _| after(0, status(200)));
    let client = api.client(config(2, 100, 10));
    all_ok(get_all(&client, 1..3).await);
    sleep(ms(950)).await;
    all_ok(get_all(&client, 3..7).await);
    api.expect_sent_at("burst 2, a long pause, burst 2, then one every 100 ms", [0, 0, 950, 950, 1050, 1150]);
}

/// A call that waits for a place has not paid: after slow answers the bucket still holds.
#[lab::test(rejects(M80), read = "Rate is not concurrency")]
async fn slow_answers_do_not_pile_up_paid_calls() {
    let api = Api::answering(|path, _| after(if path == "/1" { 1_000 } else { 0 }, status(200)));
    let client = api.client(config(1, 100, 1));
    let first = get_all(&client, 1..2);
    let others = async {
        settle().await;
        get_all(&client, 2..6).await
    };
    let (first, others) = join!(first, others);
    all_ok(first);
    all_ok(others);
    api.expect_sent_at(
        "one place, taken until 1000 ms; burst 1, then one every 100 ms",
        [0, 1_000, 1_100, 1_200, 1_300],
    );
}

/// At most `max_in_flight` sends go on at once, however many tokens there are.
#[lab::test(rejects(M72), read = "Rate is not concurrency")]
async fn never_more_sends_at_once_than_allowed() {
    let api = Api::answering(|_, _| after(50, status(200)));
    let client = api.client(config(9, 10_000, 3));
    all_ok(get_all(&client, 1..10).await);
    api.journal().expect_at_most(3, "sends");
}

/// `max_in_flight` sends go on at once when there is enough to send.
#[lab::test(rejects(M39, M91), read = "Rate is not concurrency")]
async fn as_many_sends_at_once_as_allowed() {
    let gate = Gate::closed();
    let api = {
        let gate = gate.clone();
        Api::answering(move |_, _| at_the_gate(&gate, status(200)))
    };
    let client = api.client(config(9, 10_000, 3));
    let watching = async {
        gate.arrivals(3, "sends at the same time: `max_in_flight` is 3, and there are 5 calls").await;
        gate.open();
    };
    let (outcomes, ()) = join!(get_all(&client, 1..6), watching);
    all_ok(outcomes);
}

/// A call is sent as soon as both limits allow it.
#[lab::test(rejects(M91), read = "Rate is not concurrency")]
async fn a_call_is_sent_as_soon_as_both_limits_allow_it() {
    let api = Api::answering(|_, _| after(60, status(200)));
    let client = api.client(config(4, 100, 2));
    all_ok(get_all(&client, 1..8).await);
    api.expect_sent_at(
        "two places, each taken for 60 ms; burst 4, then one every 100 ms",
        [0, 0, 60, 60, 120, 200, 300],
    );
}

// --- One send ---

/// A status from 200 to 299 gives `Ok` with the response as it came.
#[lab::test(rejects(), read = "When the server says later")]
async fn a_status_in_the_two_hundreds_comes_back_as_it_is() {
    for number in [200, 201, 204, 299] {
        let response = Response { status: number, retry_after: Some(ms(70)), body: format!("the body of a {number}") };
        let api = {
            let response = response.clone();
            Api::answering(move |_, _| after(10, Ok(response.clone())))
        };
        let client = api.client(ClientConfig { max_retries: 3, ..config(5, 10_000, 2) });
        match client.get(&never(), "/1").await {
            Ok(seen) => {
                expect_eq("the status of the response", response.status, seen.status);
                expect_eq("its `retry_after`", response.retry_after, seen.retry_after);
                expect_eq("its body", response.body, seen.body);
            }
            Err(error) => fail(format_args!("`Ok` for status {number}"), format_args!("{error:?}")),
        }
        expect_eq("the paths sent", vec!["/1".to_owned()], api.paths());
    }
}

/// Any other status but 429 gives `Status`, and is not tried again.
#[lab::test(rejects(M81), read = "When the server says later")]
async fn another_status_is_an_error_at_once() {
    for number in [100, 199, 300, 304, 400, 404, 428, 430, 500, 503] {
        let api = Api::answering(move |_, _| after(10, status(number)));
        let client = api.client(ClientConfig { max_retries: 3, ..config(5, 10_000, 2) });
        let outcome = client.get(&never(), "/1").await;
        expect_eq("what `get` returns", Err(ClientError::Status(number)), outcome.map(|response| response.status));
        api.expect_sends(1, format_args!("status {number} is not tried again"));
    }
}

/// A transport error gives `Transport`, and is not tried again.
#[lab::test(rejects(M81), read = "When the server says later")]
async fn a_transport_error_is_not_tried_again() {
    let lost = || TransportError("connection reset".to_owned());
    let api = Api::answering(move |_, _| after(10, Err(lost())));
    let client = api.client(ClientConfig { max_retries: 3, ..config(5, 10_000, 2) });
    let outcome = client.get(&never(), "/1").await;
    expect_eq("what `get` returns", Err(ClientError::Transport(lost())), outcome.map(|response| response.status));
    api.expect_sends(1, "a transport error is not tried again");
}

/// When its time has passed, a send is dropped.
#[lab::test(rejects(M42), read = "A timeout for the send, not for the queue")]
async fn a_send_that_takes_too_long_is_dropped() {
    let api = Api::answering(|_, _| after(500, status(200)));
    let client = api.client(ClientConfig { timeout: ms(100), ..config(5, 10_000, 2) });
    let outcomes = get_all(&client, 1..3).await;
    for outcome in outcomes {
        expect_eq("what `get` returns", Err(ClientError::TimedOut), outcome.map(|response| response.status));
    }
    settle().await;
    api.journal().expect_finished_at(100, "both sends, the timeout being 100 ms,");
}

/// A timeout gives `TimedOut`, and is not tried again.
#[lab::test(rejects(M81), read = "A timeout for the send, not for the queue")]
async fn a_timeout_is_not_tried_again() {
    let api = Api::answering(|_, _| pending().boxed());
    let client = api.client(ClientConfig { timeout: ms(100), max_retries: 3, ..config(5, 10_000, 2) });
    let outcome = client.get(&never(), "/1").await;
    expect_eq("what `get` returns", Err(ClientError::TimedOut), outcome.map(|response| response.status));
    expect_eq("when it returns, in ms, the timeout being 100 ms", 100, elapsed_ms());
    api.expect_sends(1, "a timeout is not tried again");
}

/// Waiting for a place or for a token does not count towards the timeout.
#[lab::test(rejects(), read = "A timeout for the send, not for the queue")]
async fn the_timeout_does_not_count_the_wait_before_the_send() {
    let api = Api::answering(|_, _| after(80, status(200)));
    let timeout = ms(100);
    // The third waits 600 ms for its token.
    all_ok(get_all(&api.client(ClientConfig { timeout, ..config(1, 300, 3) }), 1..4).await);
    // The third waits 160 ms for its place.
    all_ok(get_all(&api.client(ClientConfig { timeout, ..config(3, 10_000, 1) }), 4..7).await);
}

/// Every try has the whole timeout.
#[lab::test(rejects(M51), read = "A timeout for the send, not for the queue")]
async fn every_try_has_the_whole_timeout() {
    let api = Api::answering(|_, tries| after(80, if tries < 3 { later(150) } else { status(200) }));
    let client = api.client(ClientConfig { timeout: ms(100), max_retries: 3, ..config(9, 10_000, 2) });
    all_ok(get_all(&client, 1..2).await);
    api.expect_sent_at("80 ms for a send, then 150 ms of pause", [0, 230, 460, 690]);
}

// --- Another try ---

/// After a 429 the call waits for `retry_after`, counted from the answer, and tries again.
#[lab::test(rejects(M81), read = "When the server says later")]
async fn a_429_is_tried_again_after_the_pause_it_asks_for() {
    let api = Api::answering(|_, tries| {
        after(
            20,
            if tries == 0 {
                later(300)
            } else if tries == 1 {
                status(429)
            } else {
                status(200)
            },
        )
    });
    let client = api.client(ClientConfig { max_retries: 5, ..config(9, 10_000, 2) });
    all_ok(get_all(&client, 1..2).await);
    api.expect_sent_at("20 ms for a send; a pause of 300 ms, then one of none", [0, 320, 340]);
}

/// Every try pays a token.
#[lab::test(rejects(M74), read = "When the server says later")]
async fn every_try_pays_a_token() {
    let api = Api::answering(|_, tries| after(0, if tries < 3 { status(429) } else { status(200) }));
    let client = api.client(ClientConfig { max_retries: 3, ..config(1, 100, 2) });
    all_ok(get_all(&client, 1..2).await);
    api.expect_sent_at("burst 1, then one every 100 ms", [0, 100, 200, 300]);
}

/// A 429 to the last try gives `Status(429)` at once; the first send is no retry.
#[lab::test(rejects(M81), read = "When the server says later")]
async fn a_429_to_the_last_try_is_the_answer_at_once() {
    for retries in [0_u32, 1, 3] {
        let api = Api::answering(|_, _| after(10, later(200)));
        let client = api.client(ClientConfig { max_retries: retries, ..config(9, 10_000, 2) });
        let begin = elapsed_ms();
        let outcome = client.get(&never(), "/1").await;
        expect_eq("what `get` returns", Err(ClientError::Status(429)), outcome.map(|response| response.status));
        let tries = retries as usize + 1;
        api.expect_sends(tries, format_args!("`max_retries` is {retries}"));
        let took = elapsed_ms() - begin;
        let wanted = 10 + 210 * u64::from(retries);
        if took != wanted {
            api.journal().fail(
                format_args!(
                    "`Status(429)` after {wanted} ms, with the answer to try {tries}: `max_retries` is {retries}"
                ),
                format_args!("after {took} ms"),
            );
        }
    }
}

/// During the pause the call holds no place.
#[lab::test(rejects(M72), read = "When the server says later")]
async fn no_place_is_held_in_the_pause() {
    let api =
        Api::answering(|path, tries| after(10, if path == "/1" && tries == 0 { later(1_000) } else { status(200) }));
    let client = api.client(ClientConfig { max_retries: 1, ..config(9, 10_000, 1) });
    let others = async {
        sleep(ms(50)).await;
        get_all(&client, 2..4).await
    };
    let (first, others) = join!(get_all(&client, 1..2), others);
    all_ok(first);
    all_ok(others);
    api.expect_sent_at("two calls in the pause of another, there being one place", [0, 50, 60, 1_010]);
}

/// During the pause the call holds no token, and is not in line for one.
#[lab::test(rejects(M80), read = "When the server says later")]
async fn nothing_is_paid_in_the_pause() {
    let api =
        Api::answering(|path, tries| after(0, if path == "/1" && tries == 0 { later(1_000) } else { status(200) }));
    let client = api.client(ClientConfig { max_retries: 1, ..config(1, 400, 2) });
    let others = async {
        sleep(ms(500)).await;
        get_all(&client, 2..3).await
    };
    let (first, others) = join!(get_all(&client, 1..2), others);
    all_ok(first);
    all_ok(others);
    api.expect_sent_at("one call in the pause of another; burst 1, then one every 400 ms", [0, 500, 1_000]);
}

// --- The end ---

/// A call cancelled before it begins sends nothing and spends nothing.
#[lab::test(rejects(M80), read = "A cancelled waiter pays nothing")]
async fn a_call_cancelled_beforehand_sends_nothing() {
    let api = Api::answering(|_, _| after(0, status(200)));
    let client = api.client(config(1, 10_000, 1));
    let token = CancellationToken::new();
    token.cancel();
    // Many times, because a program may leave it to chance.
    for _ in 0..64 {
        expect_cancelled(client.get(&token, "/cancelled").await);
    }
    settle().await;
    api.expect_sends(0, "64 calls were cancelled before they began");
    let sent = elapsed_ms();
    all_ok(get_all(&client, 1..2).await);
    api.expect_sent_at("one token, and no cancelled call has spent it", [sent]);
}

/// A call cancelled while it waits for its place returns at once, sends nothing and spends nothing.
#[lab::test(rejects(M80), read = "A cancelled waiter pays nothing")]
async fn a_call_cancelled_while_it_waits_for_its_place_costs_nothing() {
    let api = Api::answering(|path, _| after(if path == "/1" { 100 } else { 0 }, status(200)));
    let client = api.client(config(2, 10_000, 1));
    let first = get_all(&client, 1..2);
    let cancelled = cancelled_at(50, &client, "/cancelled");
    let last = async {
        sleep(ms(70)).await;
        get_all(&client, 2..3).await
    };
    let (first, (), last) = join!(first, cancelled, last);
    all_ok(first);
    all_ok(last);
    api.expect_sent_at("two tokens; the only place is taken until 100 ms", [0, 100]);
}

/// A call cancelled while it waits for its token returns at once, sends nothing and spends nothing.
#[lab::test(rejects(M80), read = "A cancelled waiter pays nothing")]
async fn a_call_cancelled_while_it_waits_for_its_token_costs_nothing() {
    let api = Api::answering(|_, _| after(0, status(200)));
    let client = api.client(config(1, 200, 2));
    all_ok(get_all(&client, 1..2).await);
    let last = async {
        sleep(ms(70)).await;
        get_all(&client, 2..4).await
    };
    let ((), last) = join!(cancelled_at(50, &client, "/cancelled"), last);
    all_ok(last);
    api.expect_sent_at("burst 1, then one every 200 ms; one of four calls was cancelled", [0, 200, 400]);
}

/// A call cancelled during its send returns at once, and the send is dropped.
#[lab::test(rejects(M42), read = "A cancelled waiter pays nothing")]
async fn a_call_cancelled_during_its_send_drops_it() {
    let api = Api::answering(|_, _| after(500, status(200)));
    let client = api.client(config(2, 10_000, 2));
    cancelled_at(50, &client, "/cancelled").await;
    settle().await;
    api.journal().expect_finished_at(50, "the send of a call cancelled at 50 ms");
}

/// A call cancelled in the pause before another try returns at once, and does not try again.
#[lab::test(rejects(M81), read = "A cancelled waiter pays nothing")]
async fn a_call_cancelled_in_the_pause_does_not_try_again() {
    let api = Api::answering(|_, _| after(10, later(300)));
    let client = api.client(ClientConfig { max_retries: 3, ..config(5, 10_000, 2) });
    cancelled_at(50, &client, "/cancelled").await;
    sleep(ms(1_000)).await;
    api.expect_sends(1, "the call was cancelled in the pause before its second try");
}

/// A cancelled call affects no other, whether that sends or waits.
#[lab::test(rejects(), read = "A cancelled waiter pays nothing")]
async fn a_cancelled_call_affects_no_other() {
    let api = Api::answering(|_, _| after(100, status(200)));
    let client = api.client(config(9, 10_000, 1));
    let cancelled = async {
        settle().await;
        cancelled_at(50, &client, "/cancelled").await;
    };
    let (others, ()) = join!(get_all(&client, 1..4), cancelled);
    all_ok(others);
    api.expect_sent_at("one place, each send takes 100 ms", [0, 100, 200]);
}

/// A send gives its place back however it ends.
#[lab::test(rejects(M72), read = "Rate is not concurrency")]
async fn every_end_of_a_send_gives_its_place_back() {
    let ends = ["200", "404", "429", "a transport error", "a timeout", "a cancellation"];
    for end in ends {
        let api = Api::answering(move |path, _| match (path, end) {
            ("/1", "404") => after(10, status(404)),
            ("/1", "429") => after(10, status(429)),
            ("/1", "a transport error") => after(10, Err(TransportError("lost".to_owned()))),
            ("/1", "a timeout" | "a cancellation") => pending().boxed(),
            _ => after(10, status(200)),
        });
        let client = api.client(ClientConfig { timeout: ms(300), ..config(9, 10_000, 1) });
        let token = CancellationToken::new();
        let cancel = async {
            if end == "a cancellation" {
                sleep(ms(50)).await;
                token.cancel();
            }
        };
        let _ = join!(client.get(&token, "/1"), cancel);
        let ended_at = elapsed_ms();
        let again = timeout(ms(5_000), client.get(&never(), "/2")).await;
        if again.is_err() || elapsed_ms() != ended_at + 10 {
            api.journal().fail(
                format_args!("another call sent at {ended_at} ms, when {end} had ended the only send"),
                match api.sent().get(1) {
                    Some(at) => format!("it was sent at {at} ms"),
                    None => "it was not sent".to_owned(),
                },
            );
        }
    }
}

/// A `get` that is dropped sends nothing more, and has paid for what it has sent.
#[lab::test(rejects(M19, M80), read = "A cancelled waiter pays nothing")]
async fn a_get_dropped_anywhere_has_paid_for_its_sends_only() {
    let scene = || {
        let api = Api::answering(|path, tries| match (path, tries) {
            ("/dropped", 0) => after(10, later(10)),
            ("/dropped", _) => after(10, status(200)),
            _ => after(0, status(200)),
        });
        let client = api.client(ClientConfig { max_retries: 1, ..config(3, 10_000, 1) });
        (api, client)
    };
    let (_, client) = scene();
    let token = never();
    for polls in 0..polls_to_finish(client.get(&token, "/dropped")).await {
        let (api, client) = scene();
        let token = never();
        cancel_after(polls, client.get(&token, "/dropped")).await;
        settle().await;
        let by_dropped = || api.paths().iter().filter(|path| *path == "/dropped").count();
        let sent = by_dropped();
        // As many as there are tokens left are sent at once, and the next one waits.
        let _ = timeout(ms(50), get_all(&client, 1..5)).await;
        if by_dropped() != sent {
            api.journal().fail(
                format_args!("no further send by a `get` that was dropped after {sent}"),
                format_args!("{} more", by_dropped() - sent),
            );
        }
        let in_all = api.sent().len();
        if in_all != 3 {
            api.journal().fail(
                format_args!("3 sends in all for the 3 tokens there are, {sent} of them by a `get` that was dropped"),
                format_args!("{in_all} sends"),
            );
        }
    }
}

/// A `send` that panics takes down nothing but its own call.
#[lab::test(rejects(M24), read = "A cancelled waiter pays nothing")]
async fn a_send_that_panics_takes_nothing_else_down() {
    let api = Api::answering(|path, _| {
        if path == "/bad" { async { panics::inject("a bad path") }.boxed() } else { after(10, status(200)) }
    });
    let client = api.client(config(9, 10_000, 1));
    let outcome = panics::catch_async(client.get(&never(), "/bad")).await;
    expect(!matches!(outcome, Ok(Ok(_))), "no response from a send that panics", "a response");
    match timeout(ms(5_000), get_all(&client, 1..3)).await {
        Ok(outcomes) => all_ok(outcomes),
        Err(_) => {
            api.journal().fail("two more calls answered, one place and a send that has panicked", "they wait for ever")
        }
    }
}

/// When the client has been dropped, no task of it is left, and the transport is dropped, too.
#[lab::test(rejects(M19), read = "A cancelled waiter pays nothing")]
async fn a_dropped_client_leaves_nothing_behind() {
    let (before, transports) = (census::tasks(), DropCounter::new());
    let api = Api::answering(|path, _| after(if path == "/slow" { 500 } else { 0 }, status(200)));
    let client = ApiClient::new(transports.count(api.clone()), config(9, 10_000, 2));
    let token = never();
    expect(client.get(&token, "/1").await.is_ok(), "a response for the first call", "an error");
    let given_up = timeout(ms(50), client.get(&token, "/slow")).await;
    expect(given_up.is_err(), "a call of 500 ms still going on after 50 ms", "its end");
    drop(client);
    settle().await;
    expect_eq("tasks left by the client", 0, census::tasks().saturating_sub(before));
    expect_eq("transports left by the client", 0, transports.alive());
}

// --- The API ---

type Answer = Result<Response, TransportError>;
type Outcome = Result<Response, ClientError>;

/// A transport that answers from a script and writes down what it was asked. Clones are the same one.
#[derive(Clone)]
struct Api(Arc<Inside>);

struct Inside {
    journal: Journal,
    script: Box<dyn Fn(&str, usize) -> BoxFuture<'static, Answer> + Send + Sync>,
    sends: Mutex<Vec<(String, u64)>>,
}

impl Api {
    /// The script gets the path, and how often it was sent before.
    fn answering(script: impl Fn(&str, usize) -> BoxFuture<'static, Answer> + Send + Sync + 'static) -> Self {
        let script = Box::new(script);
        Self(Arc::new(Inside { journal: Journal::new(), script, sends: Mutex::default() }))
    }

    fn client(&self, config: ClientConfig) -> ApiClient<Self> {
        ApiClient::new(self.clone(), config)
    }

    /// One row for every path, one bar for every send.
    fn journal(&self) -> &Journal {
        &self.0.journal
    }

    /// The instants of all sends so far.
    fn sent(&self) -> Vec<u64> {
        self.sends().into_iter().map(|(_, at)| at).collect()
    }

    fn paths(&self) -> Vec<String> {
        self.sends().into_iter().map(|(path, _)| path).collect()
    }

    fn sends(&self) -> Vec<(String, u64)> {
        self.0.sends.lock().expect("no thread panics while it writes down a send").clone()
    }

    /// `why` says where the instants come from: `burst 1, then one every 100 ms`.
    fn expect_sent_at(&self, why: &str, wanted: impl IntoIterator<Item = u64>) {
        let (wanted, seen) = (Vec::from_iter(wanted), self.sent());
        if wanted != seen {
            self.journal().fail(format_args!("sends at {wanted:?} ms ({why})"), format_args!("sends at {seen:?} ms"));
        }
    }

    /// `why` says where the number comes from.
    fn expect_sends(&self, wanted: usize, why: impl std::fmt::Display) {
        let seen = self.sent();
        if wanted != seen.len() {
            self.journal()
                .fail(format_args!("sends: {wanted} ({why})"), format_args!("{}, at {seen:?} ms", seen.len()));
        }
    }
}

impl Transport for Api {
    fn send(&self, path: &str) -> impl Future<Output = Answer> + Send {
        let (api, path) = (self.clone(), path.to_owned());
        async move {
            let tries = {
                let mut sends = api.0.sends.lock().expect("no thread panics while it writes down a send");
                let tries = sends.iter().filter(|(other, _)| *other == path).count();
                sends.push((path.clone(), elapsed_ms()));
                tries
            };
            let answer = (api.0.script)(&path, tries);
            api.0.journal.during(path, answer).await
        }
    }
}

/// A transport whose end is counted.
impl Transport for Counted<Api> {
    fn send(&self, path: &str) -> impl Future<Output = Answer> + Send {
        self.value.send(path)
    }
}

/// An answer after some milliseconds.
fn after(milliseconds: u64, answer: Answer) -> BoxFuture<'static, Answer> {
    async move {
        if milliseconds > 0 {
            sleep(ms(milliseconds)).await;
        }
        answer
    }
    .boxed()
}

/// An answer that the test lets through.
fn at_the_gate(gate: &Gate, answer: Answer) -> BoxFuture<'static, Answer> {
    let gate = gate.clone();
    async move {
        gate.pass().await;
        answer
    }
    .boxed()
}

fn status(status: u16) -> Answer {
    Ok(Response { status, retry_after: None, body: String::new() })
}

/// A 429 that says when to come back.
fn later(milliseconds: u64) -> Answer {
    Ok(Response { status: 429, retry_after: Some(ms(milliseconds)), body: String::new() })
}

// --- Calls ---

/// No retries, and a timeout that no test reaches unless it says so.
fn config(burst: u32, refill_every: u64, max_in_flight: usize) -> ClientConfig {
    ClientConfig {
        burst: NonZeroU32::new(burst).expect("a burst of at least one"),
        refill_every: ms(refill_every),
        max_in_flight: NonZeroUsize::new(max_in_flight).expect("at least one place"),
        timeout: Duration::from_secs(30),
        max_retries: 0,
    }
}

/// A token that nobody cancels.
fn never() -> CancellationToken {
    CancellationToken::new()
}

/// Calls for the paths `/1`, `/2`, …, all at once.
async fn get_all<T: Transport>(client: &ApiClient<T>, numbers: Range<u32>) -> Vec<Outcome> {
    let token = never();
    let calls = numbers.map(|number| {
        let token = &token;
        async move { client.get(token, &format!("/{number}")).await }
    });
    // As in tasks of their own: each is polled when it was woken, and not whenever another one is.
    calls.collect::<FuturesOrdered<_>>().collect().await
}

/// A call that is cancelled after some milliseconds, and must return there and then.
async fn cancelled_at<T: Transport>(milliseconds: u64, client: &ApiClient<T>, path: &str) {
    let token = CancellationToken::new();
    let due = elapsed_ms() + milliseconds;
    let cancel = async {
        sleep(ms(milliseconds)).await;
        token.cancel();
    };
    let call = async {
        let outcome = client.get(&token, path).await;
        (outcome, elapsed_ms())
    };
    let ((outcome, returned), ()) = join!(call, cancel);
    expect_cancelled(outcome);
    expect_eq("when the cancelled call returns, in ms", due, returned);
}

fn expect_cancelled(outcome: Outcome) {
    expect_eq("what the cancelled call returns", Err(ClientError::Cancelled), outcome.map(|response| response.status));
}

fn all_ok(outcomes: Vec<Outcome>) {
    for (number, outcome) in (1..).zip(outcomes) {
        if let Err(error) = outcome {
            fail(format_args!("`Ok` for call {number}"), format_args!("`Err({error:?})`"));
        }
    }
}
