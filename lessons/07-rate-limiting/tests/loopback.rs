//! The client and the server of the example, over real connections. Nothing here waits for a while and hopes: bounds
//! on time are one-sided, and a hang is ended by a deadline that is far away.

#[path = "../examples/loopback/client.rs"]
mod client;
#[path = "../examples/loopback/server.rs"]
mod server;

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use client::RateLimitedClient;
use hyper::Uri;
use lesson_07_rate_limiting::journal::Journal;
use lesson_07_rate_limiting::quota::Quota;
use server::Server;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

const LONG: Duration = Duration::from_secs(60);

fn quota(most: usize, within: Duration) -> Quota {
    Quota::new(NonZeroUsize::new(most).expect("more than none"), within)
}

fn uri(server: &Server, path: &str) -> Uri {
    format!("http://{}{path}", server.address).parse().expect("this is a URI")
}

#[tokio::test]
async fn no_more_are_sent_than_the_quota_allows() {
    let within = Duration::from_millis(60);
    let server = Server::start(Journal::silent(), Duration::ZERO).await.expect("a free port");
    let client = Arc::new(RateLimitedClient::new(quota(3, within), LONG));
    let (mut requests, started) = (JoinSet::new(), Instant::now());
    for number in 1..=8 {
        let (client, uri) = (client.clone(), uri(&server, &format!("/{number}")));
        requests.spawn(async move {
            let mut sent = None;
            let page = client.get(uri, || sent = Some(Instant::now())).await.expect("an answer");
            assert_eq!(page, format!("This is /{number}.\n"));
            sent.expect("an answered request was sent")
        });
    }
    let mut sent = timeout(LONG, requests.join_all()).await.expect("all are answered");
    sent.sort();
    // Counted from the start: a request that is noted down late must not make the next one look early.
    for (number, sent) in (0..).zip(sent) {
        let earliest = within * (number / 3);
        assert!(sent - started >= earliest, "request {number} after {:?}, not {earliest:?}", sent - started);
    }
}

#[tokio::test]
async fn a_request_that_is_dropped_is_dropped_by_the_server_too() {
    let journal = Journal::silent();
    let server = Server::start(journal.clone(), LONG).await.expect("a free port");
    let client = Arc::new(RateLimitedClient::new(quota(1, Duration::from_millis(1)), LONG));
    let getting = tokio::spawn({
        let (client, uri) = (client.clone(), uri(&server, "/slow"));
        async move { client.get(uri, || ()).await }
    });
    let noticed = async {
        while journal.served_at().is_empty() {
            sleep(Duration::from_millis(1)).await;
        }
        getting.abort();
        while !journal.bars().contains('✗') {
            sleep(Duration::from_millis(1)).await;
        }
    };
    timeout(LONG / 2, noticed).await.expect("the server notices");
}

#[tokio::test]
async fn the_answer_has_a_limit_of_its_own() {
    let server = Server::start(Journal::silent(), LONG).await.expect("a free port");
    let client = RateLimitedClient::new(quota(1, Duration::from_millis(1)), Duration::from_millis(10));
    let error = client.get(uri(&server, "/slow"), || ()).await.expect_err("the server takes a minute");
    assert_eq!(error.to_string(), "the server takes too long");
}
