//! caught by: as_many_sends_at_once_as_allowed (failed)
//! idea: An async lock around the whole send keeps all the limits, and nobody is hurt by waiting for it.

use std::future::Future;
use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

use tokio::select;
use tokio::sync::Mutex;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::given::TokenBucket;

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
    config: ClientConfig,
    sender: Mutex<Sender<T>>,
}

struct Sender<T> {
    transport: T,
    bucket: TokenBucket,
}

impl<T: Transport> ApiClient<T> {
    pub fn new(transport: T, config: ClientConfig) -> Self {
        let bucket = TokenBucket::new(config.burst, config.refill_every);
        Self { config, sender: Mutex::new(Sender { transport, bucket }) }
    }

    pub async fn get(&self, token: &CancellationToken, path: &str) -> Result<Response, ClientError> {
        select! {
            biased;
            () = token.cancelled() => Err(ClientError::Cancelled),
            outcome = self.run(path) => outcome,
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
        let sender = self.sender.lock().await;
        sender.bucket.acquire().await;
        match timeout(self.config.timeout, sender.transport.send(path)).await {
            Ok(answer) => answer.map_err(ClientError::Transport),
            Err(_) => Err(ClientError::TimedOut),
        }
    }
}
