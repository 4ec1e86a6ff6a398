//! caught by: instant_answers_do_not_outrun_the_bucket (failed)
//! idea: The bucket is set up where it is needed: in the call.

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
    places: Semaphore,
}

impl<T: Transport> ApiClient<T> {
    pub fn new(transport: T, config: ClientConfig) -> Self {
        let places = Semaphore::new(config.max_in_flight.get());
        Self { transport, config, places }
    }

    pub async fn get(&self, token: &CancellationToken, path: &str) -> Result<Response, ClientError> {
        select! {
            biased;
            () = token.cancelled() => Err(ClientError::Cancelled),
            outcome = self.run(path) => outcome,
        }
    }

    async fn run(&self, path: &str) -> Result<Response, ClientError> {
        let bucket = TokenBucket::new(self.config.burst, self.config.refill_every);
        let mut retries = 0;
        loop {
            let response = self.send(&bucket, path).await?;
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

    async fn send(&self, bucket: &TokenBucket, path: &str) -> Result<Response, ClientError> {
        let _place = self.places.acquire().await.unwrap();
        bucket.acquire().await;
        match timeout(self.config.timeout, self.transport.send(path)).await {
            Ok(answer) => answer.map_err(ClientError::Transport),
            Err(_) => Err(ClientError::TimedOut),
        }
    }
}
