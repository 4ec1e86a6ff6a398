//! right: every send is a task that is aborted with its call; it waits for its turn, pays and sends in there.

use std::future::Future;
use std::num::{NonZeroU32, NonZeroUsize};
use std::panic::resume_unwind;
use std::sync::Arc;
use std::time::Duration;

use tokio::select;
use tokio::sync::Semaphore;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

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
    transport: Arc<T>,
    config: ClientConfig,
    bucket: Arc<TokenBucket>,
    places: Arc<Semaphore>,
}

impl<T: Transport> ApiClient<T> {
    pub fn new(transport: T, config: ClientConfig) -> Self {
        let bucket = Arc::new(TokenBucket::new(config.burst, config.refill_every));
        let places = Arc::new(Semaphore::new(config.max_in_flight.get()));
        Self { transport: Arc::new(transport), config, bucket, places }
    }

    pub async fn get(&self, token: &CancellationToken, path: &str) -> Result<Response, ClientError> {
        for retries_left in (0..=self.config.max_retries).rev() {
            let outcome = select! {
                biased;
                () = token.cancelled() => return Err(ClientError::Cancelled),
                outcome = self.send(path) => outcome,
            };
            let response = match outcome {
                // The send has panicked, and so does its call.
                Err(error) => resume_unwind(error.into_panic()),
                Ok(outcome) => outcome?,
            };
            match response.status {
                200..=299 => return Ok(response),
                429 if retries_left > 0 => {}
                status => return Err(ClientError::Status(status)),
            }
            if let Some(pause) = response.retry_after {
                select! {
                    () = token.cancelled() => return Err(ClientError::Cancelled),
                    () = sleep(pause) => {}
                }
            }
        }
        unreachable!("the last try returns")
    }

    fn send(&self, path: &str) -> AbortOnDropHandle<Result<Response, ClientError>> {
        let (transport, bucket, places) = (self.transport.clone(), self.bucket.clone(), self.places.clone());
        let (path, limit) = (path.to_owned(), self.config.timeout);
        AbortOnDropHandle::new(tokio::spawn(async move {
            let _place = places.acquire().await.unwrap();
            bucket.acquire().await;
            select! {
                answer = transport.send(&path) => answer.map_err(ClientError::Transport),
                () = sleep(limit) => Err(ClientError::TimedOut),
            }
        }))
    }
}
