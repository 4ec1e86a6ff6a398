//! # `rate-limited-client`: call an API within its rate, its concurrency and your patience
//!
//! The API allows so many requests per second, and so many at the same time. It says 429 when it has had enough, and
//! perhaps when to come back. Sometimes it does not answer at all. The client keeps to the limits, comes back when told
//! to, and gives up when that is the better choice.
//!
//! ```rust,ignore
//! let client = ApiClient::new(transport, ClientConfig {
//!     burst: five, refill_every: Duration::from_millis(100), // 5 at once, then 10 a second
//!     max_in_flight: three,
//!     timeout: Duration::from_secs(2),
//!     max_retries: 4,
//! });
//! match client.get(&shutdown, "/users/7").await {
//!     Ok(response) => println!("{}", response.body),
//!     Err(ClientError::Cancelled) => println!("never mind"),
//!     Err(error) => println!("no answer: {error:?}"),
//! }
//! ```
//!
//! # The contract
//!
//! `new` and `get` are called inside a tokio runtime, `get` any number of times at once.
//!
//! Two limits
//!
//! - **Rate.** Every send takes a token from the client's bucket, whatever comes of it. The bucket holds `burst` tokens
//!   at most, is full at the start and gains one every `refill_every`. Time in which it is full earns nothing: after a
//!   pause there is a burst, and the next token one whole `refill_every` later. [`TokenBucket`] is such a bucket.
//! - **Concurrency.** At most `max_in_flight` sends go on at once. A send goes on from the first poll of the future
//!   that `Transport::send` returns until that future has ended or is dropped.
//! - **Together.** Both limits hold for slow answers as well as for instant ones. A token is taken at the moment of the
//!   send: nothing is waited for between paying and sending. And a call is sent as soon as both limits allow it, also
//!   when many are waiting. The order between calls is open.
//!
//! One send
//!
//! - **Timeout.** `timeout` bounds a single send, not the wait before it, and every send has all of it. When it has
//!   passed, the send is dropped, and `get` returns `TimedOut`.
//! - **Answer.** A status from 200 to 299 gives `Ok` with the response as it came. Any other but 429 gives `Status`, a
//!   transport error gives `Transport`. None of these, nor a timeout, is tried again.
//!
//! Another try
//!
//! - **Pause.** After a 429 the call waits for `retry_after`, counted from the answer (`None`: no wait), and sends
//!   again, up to `max_retries` times. Each try pays a token and needs a place like the first. During the pause the
//!   call holds neither.
//! - **Enough.** A 429 to the last try gives `Status(429)` at once.
//!
//! The end
//!
//! - **Cancellation.** When `token` is cancelled, `get` returns `Cancelled` at once: while it waits for its place or
//!   for its turn at the bucket, during the send, which is dropped, and in the pause before another try. A call
//!   cancelled before its send sends nothing and spends nothing, also if it was cancelled before `get` was called. (If
//!   the cancellation and what the call waits for come at the very same moment, either may win.) No other call is
//!   affected.
//! - **Dropped.** A `get` that is dropped sends nothing any more and has paid for what it has sent, and no more.
//! - **Panic.** A `send` that panics ends its own `get`, and takes down nothing else.
//! - **Nothing stays.** When the client has been dropped, soon no task of it is left, and the transport is dropped,
//!   too.

use std::future::Future;
use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

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
    config: ClientConfig,
    bucket: TokenBucket,
    // bound: the bucket keeps the rate. What keeps the number of sends that go on at once?
}

impl<T: Transport> ApiClient<T> {
    /// A client that has sent nothing yet.
    pub fn new(transport: T, config: ClientConfig) -> Self {
        Self { transport, bucket: TokenBucket::new(config.burst, config.refill_every), config }
    }

    /// Asks for `path` until there is an answer, an error, or a cancelled `token`.
    ///
    /// # Errors
    ///
    /// See [`ClientError`].
    pub async fn get(&self, token: &CancellationToken, path: &str) -> Result<Response, ClientError> {
        // run: what does a call hold while it waits, while it sends, and between two tries?
        // stop
        let _ = (&self.transport, &self.config, &self.bucket, token, path);
        todo!("wait until both limits allow a send, send, look at the answer, and try again if that is what it says")
    }
}
