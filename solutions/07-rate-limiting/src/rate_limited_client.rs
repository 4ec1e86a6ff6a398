//! # `rate-limited-client`: call an API within its rate, its concurrency and your patience
//!
//! - Every send takes a token from the bucket (`burst`, `refill_every`) at the moment of the send; at most
//!   `max_in_flight` sends go on at once. A call is sent as soon as both allow it.
//! - `timeout` bounds a single send. 2xx gives `Ok`; a 429 is tried again after `retry_after`, up to `max_retries`
//!   times, with neither place nor token in hand meanwhile; everything else is an error at once.
//! - Cancellation returns at once wherever the call is. A call cancelled before its send sends and spends nothing.
//! - A `get` that is dropped, or whose send panics, disturbs no other. A dropped client leaves nothing behind.

use std::future::Future;
use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

use tokio::select;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::given::TokenBucket;

/// What an API answers.
#[derive(Debug, Clone)]
pub struct Response {
    /// The HTTP status: 200, 404, 429, …
    pub status: u16,
    /// How long the API wants to be left alone.
    pub retry_after: Option<Duration>,
    /// What was asked for.
    pub body: String,
}

/// The request or its answer got lost on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransportError(pub String);

/// What carries requests to an API.
pub trait Transport: Send + Sync + 'static {
    /// Sends one request and waits for its answer. Nothing is sent before the future is polled.
    fn send(&self, path: &str) -> impl Future<Output = Result<Response, TransportError>> + Send;
}

/// What an [`ApiClient`] keeps to.
#[derive(Debug, Clone)]
pub struct ClientConfig {
    /// How many requests may be sent at once after a quiet time.
    pub burst: NonZeroU32,
    /// How long it takes until one more may be sent.
    pub refill_every: Duration,
    /// How many requests may be under way at the same time.
    pub max_in_flight: NonZeroUsize,
    /// How long a single send may take.
    pub timeout: Duration,
    /// How often a call is tried again after a 429.
    pub max_retries: u32,
}

/// Why there is no response.
#[derive(Debug, PartialEq, Eq)]
pub enum ClientError {
    /// The caller wants no response any more.
    Cancelled,
    /// A send took longer than the timeout.
    TimedOut,
    /// The API answered with this status.
    Status(u16),
    /// There was no answer.
    Transport(TransportError),
}

/// Calls an API within the limits of a [`ClientConfig`].
pub struct ApiClient<T> {
    transport: T,
    bucket: TokenBucket,
    /// One permit for every send that may go on. Not a second rate limit: with instant answers three permits let
    /// thousands through in a second. Nor could the bucket do its work: slow answers pile up at any rate.
    places: Semaphore,
    timeout: Duration,
    max_retries: u32,
}

impl<T: Transport> ApiClient<T> {
    /// A client that has sent nothing yet.
    pub fn new(transport: T, config: ClientConfig) -> Self {
        Self {
            transport,
            bucket: TokenBucket::new(config.burst, config.refill_every),
            places: Semaphore::new(config.max_in_flight.get()),
            timeout: config.timeout,
            max_retries: config.max_retries,
        }
    }

    /// Asks for `path` until there is an answer, an error, or a cancelled `token`.
    ///
    /// # Errors
    ///
    /// See [`ClientError`].
    pub async fn get(&self, token: &CancellationToken, path: &str) -> Result<Response, ClientError> {
        // Everything the call may wait for stands in one future, so cancellation is said once, and dropping that future
        // is all it takes: the place, the turn at the bucket and the send are values in it.
        select! {
            // In this order, so that a call cancelled beforehand is not begun. Without `biased` it would be, every
            // other time; `run_until_cancelled` looks beforehand, too, but afterwards always at the work first.
            biased;
            () = token.cancelled() => Err(ClientError::Cancelled),
            outcome = self.try_until_answered(path) => outcome,
        }
    }

    async fn try_until_answered(&self, path: &str) -> Result<Response, ClientError> {
        let mut retries = 0..self.max_retries;
        loop {
            let response = self.send(path).await?;
            match response.status {
                200..=299 => return Ok(response),
                // The pause comes only when another try does. It is made out here, where the place of the last send is
                // free again: a place held for a pause would keep others from sending.
                429 if retries.next().is_some() => sleep(response.retry_after.unwrap_or_default()).await,
                status => return Err(ClientError::Status(status)),
            }
        }
    }

    /// One send, as soon as both limits allow it.
    async fn send(&self, path: &str) -> Result<Response, ClientError> {
        // First the place, then the token. The other way round, calls that have paid would gather here while answers
        // are slow, and all go out together when they come. Whoever holds a place without sending keeps nobody from it:
        // all of them need the same next token.
        let _place = self.places.acquire().await.expect("nobody closes this semaphore");
        self.bucket.acquire().await;
        // The clock starts here, with the send. A timeout drops its future, and what is not in a task of its own is
        // then really over.
        match timeout(self.timeout, self.transport.send(path)).await {
            Ok(answer) => answer.map_err(ClientError::Transport),
            Err(_) => Err(ClientError::TimedOut),
        }
    }
}
