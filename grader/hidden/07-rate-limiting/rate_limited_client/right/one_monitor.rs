//! right: both limits under one lock: a call starts when it finds a place and a token at once; there is no line.

use std::future::Future;
use std::num::{NonZeroU32, NonZeroUsize};
use std::pin::pin;
use std::sync::Mutex;
use std::time::Duration;

use futures::future::{Either, select};
use tokio::select;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_util::sync::CancellationToken;

#[derive(Debug, Clone)]
pub struct Response {
    pub status: u16,
    pub retry_after: Option<Duration>,
    pub body: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransportError(pub String);

pub trait Transport: Send + Sync + 'static {
    fn send(&self, path: &str) -> impl Future<Output = Result<Response, TransportError>> + Send;
}

#[derive(Debug, Clone)]
pub struct ClientConfig {
    pub burst: NonZeroU32,
    pub refill_every: Duration,
    pub max_in_flight: NonZeroUsize,
    pub timeout: Duration,
    pub max_retries: u32,
}

#[derive(Debug, PartialEq, Eq)]
pub enum ClientError {
    Cancelled,
    TimedOut,
    Status(u16),
    Transport(TransportError),
}

pub struct ApiClient<T> {
    transport: T,
    config: ClientConfig,
    state: Mutex<State>,
    changed: Notify,
}

struct State {
    in_flight: usize,
    tokens: u32,
    /// Since when the next token has been growing.
    since: Instant,
}

/// A send that goes on.
struct Sending<'a> {
    state: &'a Mutex<State>,
    changed: &'a Notify,
}

impl Drop for Sending<'_> {
    fn drop(&mut self) {
        self.state.lock().unwrap().in_flight -= 1;
        self.changed.notify_waiters();
    }
}

impl<T: Transport> ApiClient<T> {
    pub fn new(transport: T, config: ClientConfig) -> Self {
        let state = State { in_flight: 0, tokens: config.burst.get(), since: Instant::now() };
        Self { transport, config, state: Mutex::new(state), changed: Notify::new() }
    }

    pub async fn get(&self, token: &CancellationToken, path: &str) -> Result<Response, ClientError> {
        let call = pin!(self.run(path));
        let cancelled = pin!(token.cancelled());
        match select(cancelled, call).await {
            Either::Left(_) => Err(ClientError::Cancelled),
            Either::Right((outcome, _)) => outcome,
        }
    }

    async fn run(&self, path: &str) -> Result<Response, ClientError> {
        let mut retries = 0;
        loop {
            let response = self.send(path).await?;
            match response.status {
                200..=299 => return Ok(response),
                429 if retries < self.config.max_retries => {
                    retries += 1;
                    sleep(response.retry_after.unwrap_or_default()).await;
                }
                status => return Err(ClientError::Status(status)),
            }
        }
    }

    async fn send(&self, path: &str) -> Result<Response, ClientError> {
        let _sending = loop {
            let changed = self.changed.notified();
            match self.start() {
                Ok(sending) => break sending,
                Err(Some(next)) => select! {
                    () = changed => {}
                    () = sleep_until(next) => {}
                },
                Err(None) => changed.await,
            }
        };
        match timeout(self.config.timeout, self.transport.send(path)).await {
            Ok(answer) => answer.map_err(ClientError::Transport),
            Err(_) => Err(ClientError::TimedOut),
        }
    }

    /// Takes a place and a token, or neither; then perhaps says when the next token comes.
    fn start(&self) -> Result<Sending<'_>, Option<Instant>> {
        let mut state = self.state.lock().unwrap();
        let burst = self.config.burst.get();
        while state.tokens < burst && state.since.elapsed() >= self.config.refill_every {
            state.tokens += 1;
            state.since += self.config.refill_every;
        }
        if state.in_flight == self.config.max_in_flight.get() {
            return Err(None);
        }
        if state.tokens == 0 {
            return Err(Some(state.since + self.config.refill_every));
        }
        if state.tokens == burst {
            state.since = Instant::now();
        }
        state.tokens -= 1;
        state.in_flight += 1;
        Ok(Sending { state: &self.state, changed: &self.changed })
    }
}
