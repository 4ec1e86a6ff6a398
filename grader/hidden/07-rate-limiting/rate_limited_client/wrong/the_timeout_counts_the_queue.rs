//! caught by: the_timeout_does_not_count_the_wait_before_the_send (failed)
//! idea: A timeout belongs around everything that may take long.

use std::future::Future;
use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

use tokio::select;
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
        let send = async {
            let _place = self.places.acquire().await.unwrap();
            self.bucket.acquire().await;
            self.transport.send(path).await
        };
        match timeout(self.config.timeout, send).await {
            Ok(answer) => answer.map_err(ClientError::Transport),
            Err(_) => Err(ClientError::TimedOut),
        }
    }
}
