//! right: cancellation by `run_until_cancelled`, which looks at the work before it looks at the token.

use std::future::Future;
use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

use tokio::sync::Semaphore;
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
    transport: T,
    config: ClientConfig,
    bucket: TokenBucket,
    places: Semaphore,
}

impl<T: Transport> ApiClient<T> {
    pub fn new(transport: T, config: ClientConfig) -> Self {
        let bucket = TokenBucket::new(config.burst, config.refill_every);
        let places = Semaphore::new(config.max_in_flight.get());
        Self { transport, config, bucket, places }
    }

    pub async fn get(&self, token: &CancellationToken, path: &str) -> Result<Response, ClientError> {
        token.run_until_cancelled(self.run(path, self.config.max_retries)).await.unwrap_or(Err(ClientError::Cancelled))
    }

    async fn run(&self, path: &str, retries: u32) -> Result<Response, ClientError> {
        let response = self.send(path).await?;
        match (response.status, retries.checked_sub(1)) {
            (200..=299, _) => Ok(response),
            (429, Some(retries)) => {
                sleep(response.retry_after.unwrap_or_default()).await;
                Box::pin(self.run(path, retries)).await
            }
            (status, _) => Err(ClientError::Status(status)),
        }
    }

    async fn send(&self, path: &str) -> Result<Response, ClientError> {
        let _place = self.places.acquire().await.unwrap();
        self.bucket.acquire().await;
        match timeout(self.config.timeout, self.transport.send(path)).await {
            Ok(answer) => answer.map_err(ClientError::Transport),
            Err(_) => Err(ClientError::TimedOut),
        }
    }
}
