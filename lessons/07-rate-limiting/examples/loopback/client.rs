//! A client that keeps to a limit.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use http_body_util::{BodyExt, Empty};
use hyper::Uri;
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use lesson_07_rate_limiting::quota::Quota;
use tokio::time::timeout;

// ANCHOR: client
/// Asks a server for pages, and not for too many of them.
pub struct RateLimitedClient {
    quota: Quota,
    http: Client<HttpConnector, Empty<Bytes>>,
    patience: Duration,
}

impl RateLimitedClient {
    /// The page at `uri`. `sent` is called in the moment in which it is asked for.
    pub async fn get(&self, uri: Uri, sent: impl FnOnce()) -> Result<Bytes> {
        self.quota.turn().await;
        sent();
        // From here on it is the server that takes time, and only that is limited.
        timeout(self.patience, self.fetch(uri)).await.context("the server takes too long")?
    }

    async fn fetch(&self, uri: Uri) -> Result<Bytes> {
        let response = self.http.get(uri).await.context("cannot reach the server")?;
        ensure!(response.status().is_success(), "the server says {}", response.status());
        let body = response.into_body().collect().await.context("the answer broke off")?;
        Ok(body.to_bytes())
    }
}
// ANCHOR_END: client

impl RateLimitedClient {
    /// Keeps to `quota`, and waits for an answer as long as its `patience` lasts.
    pub fn new(quota: Quota, patience: Duration) -> Self {
        let http = Client::builder(TokioExecutor::new()).build_http();
        Self { quota, http, patience }
    }
}
