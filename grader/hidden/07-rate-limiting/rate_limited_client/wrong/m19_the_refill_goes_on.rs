//! caught by: a_dropped_client_leaves_nothing_behind (failed)
//! idea: A task that refills the bucket ends when nobody needs it any more.

use std::future::Future;
use std::num::{NonZeroU32, NonZeroUsize};
use std::sync::Arc;
use std::time::Duration;

use tokio::select;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
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
    tokens: Arc<Semaphore>,
    places: Semaphore,
}

impl<T: Transport> ApiClient<T> {
    pub fn new(transport: T, config: ClientConfig) -> Self {
        let burst = config.burst.get() as usize;
        let tokens = Arc::new(Semaphore::new(burst));
        let places = Semaphore::new(config.max_in_flight.get());
        let (bucket, refill_every) = (tokens.clone(), config.refill_every);
        tokio::spawn(async move {
            loop {
                sleep(refill_every).await;
                if bucket.available_permits() < burst {
                    bucket.add_permits(1);
                }
            }
        });
        Self { transport, config, tokens, places }
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
        let _place = self.places.acquire().await.unwrap();
        self.tokens.acquire().await.unwrap().forget();
        match timeout(self.config.timeout, self.transport.send(path)).await {
            Ok(answer) => answer.map_err(ClientError::Transport),
            Err(_) => Err(ClientError::TimedOut),
        }
    }
}
