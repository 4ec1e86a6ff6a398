//! A small HTTP server for this process only. It takes its time for every answer.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use lesson_07_rate_limiting::journal::Journal;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// A server that stops when this is dropped.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    _connections: JoinSet<()>,
}

impl Server {
    /// Starts it on a free port. It writes down when it begins to answer, and what it could not finish.
    pub async fn start(journal: Journal, answer: Duration) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let mut connections = JoinSet::new();
        connections.spawn(accept(listener, journal, answer));
        Ok(Self { address, _connections: connections })
    }
}

async fn accept(listener: TcpListener, journal: Journal, answer: Duration) {
    // They end with the server: a dropped set aborts its tasks.
    let mut connections = JoinSet::new();
    while let Ok((connection, _)) = listener.accept().await {
        let journal = journal.clone();
        connections.spawn(async move {
            let answer = service_fn(|request| slowly(&journal, answer, request));
            // A client that has gone away is the client's business.
            let _ = http1::Builder::new().serve_connection(TokioIo::new(connection), answer).await;
        });
    }
}

// ANCHOR: slowly
/// Answers after a while, unless nobody waits for it any more.
async fn slowly(
    journal: &Journal,
    takes: Duration,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let path = request.uri().path().to_string();
    let answering = journal.served(format!("server {path}"));
    sleep(takes).await;
    answering.done();
    Ok(Response::new(Full::from(format!("This is {path}.\n"))))
}
// ANCHOR_END: slowly
