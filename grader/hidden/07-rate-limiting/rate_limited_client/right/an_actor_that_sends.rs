//! right: one task owns transport and limits; it takes requests in turn and does the sending in tasks of its own.

use std::future::Future;
use std::marker::PhantomData;
use std::num::{NonZeroU32, NonZeroUsize};
use std::sync::Arc;
use std::time::Duration;

use tokio::select;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::JoinSet;
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
    requests: mpsc::UnboundedSender<Request>,
    max_retries: u32,
    transport: PhantomData<fn(T)>,
}

struct Request {
    path: String,
    reply: oneshot::Sender<Result<Response, ClientError>>,
}

impl<T: Transport> ApiClient<T> {
    pub fn new(transport: T, config: ClientConfig) -> Self {
        let (requests, inbox) = mpsc::unbounded_channel();
        let max_retries = config.max_retries;
        tokio::spawn(serve(Arc::new(transport), config, inbox));
        Self { requests, max_retries, transport: PhantomData }
    }

    pub async fn get(&self, token: &CancellationToken, path: &str) -> Result<Response, ClientError> {
        if token.is_cancelled() {
            return Err(ClientError::Cancelled);
        }
        select! {
            outcome = self.run(path) => outcome,
            () = token.cancelled() => Err(ClientError::Cancelled),
        }
    }

    async fn run(&self, path: &str) -> Result<Response, ClientError> {
        let mut retries = self.max_retries;
        loop {
            let (reply, answer) = oneshot::channel();
            let _ = self.requests.send(Request { path: path.to_owned(), reply });
            let response = answer.await.expect("the send has panicked")?;
            match response.status {
                200..=299 => return Ok(response),
                429 if retries > 0 => retries -= 1,
                status => return Err(ClientError::Status(status)),
            }
            sleep(response.retry_after.unwrap_or(Duration::ZERO)).await;
        }
    }
}

/// Ends when the client is gone, and takes what is still being sent along.
async fn serve<T: Transport>(transport: Arc<T>, config: ClientConfig, mut inbox: mpsc::UnboundedReceiver<Request>) {
    let bucket = TokenBucket::new(config.burst, config.refill_every);
    let places = Arc::new(Semaphore::new(config.max_in_flight.get()));
    let mut sends = JoinSet::new();
    while let Some(Request { path, mut reply }) = inbox.recv().await {
        while sends.try_join_next().is_some() {}
        let turn = async {
            let place = places.clone().acquire_owned().await.unwrap();
            bucket.acquire().await;
            place
        };
        let place = select! {
            biased;
            () = reply.closed() => continue,
            place = turn => place,
        };
        let (transport, limit) = (transport.clone(), config.timeout);
        sends.spawn(async move {
            let outcome = select! {
                biased;
                outcome = timeout(limit, transport.send(&path)) => outcome,
                () = reply.closed() => return,
            };
            drop(place);
            let _ = reply.send(match outcome {
                Ok(answer) => answer.map_err(ClientError::Transport),
                Err(_) => Err(ClientError::TimedOut),
            });
        });
    }
}
