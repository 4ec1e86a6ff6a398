//! A client that keeps to a rate, and a server in the same process: real HTTP in real time.
//!
//! `cargo run -q -p lesson-07-rate-limiting --example api_client -- --burst 3 --rate 10 --answer 50 --cancel 430`

#[path = "loopback/client.rs"]
mod client;
#[path = "loopback/server.rs"]
mod server;

use std::env;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use client::RateLimitedClient;
use hyper::Uri;
use lesson_07_rate_limiting::journal::Journal;
use lesson_07_rate_limiting::options::{self, Options};
use lesson_07_rate_limiting::quota::Quota;
use server::Server;
use tokio::signal;
use tokio::task::JoinSet;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let options = match options::options(env::args().skip(1)) {
        Ok(options) => options,
        Err(complaint) => {
            eprintln!("{complaint}");
            return ExitCode::from(2);
        }
    };
    match run(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> Result<()> {
    let journal = Journal::aloud();
    let server = Server::start(journal.clone(), options.answer).await?;
    // A burst, and the time in which it is earned.
    let most = NonZeroUsize::try_from(options.burst)?;
    let within = Duration::from_secs(1) * options.burst.get() / options.rate.get();
    let client = RateLimitedClient::new(Quota::new(most, within), Duration::from_secs(10));

    let user = CancellationToken::new();
    tokio::spawn(impatience(user.clone(), options.cancel));

    let caller = Arc::new(Caller { client, user, journal: journal.clone() });
    let mut requests = JoinSet::new();
    for number in 1..=options.requests {
        let uri: Uri = format!("http://{}/{number}", server.address).parse()?;
        requests.spawn(caller.clone().request(uri));
    }
    while let Some(answered) = requests.join_next().await {
        answered??;
    }
    // The server's side of what was dropped: it has to notice that the line is dead.
    sleep(Duration::from_millis(20)).await;
    let _ = write!(io::stdout(), "\n{}", journal.bars());
    let _ = writeln!(io::stdout(), "at most {most} in any {} ms", within.as_millis());
    Ok(())
}

struct Caller {
    client: RateLimitedClient,
    user: CancellationToken,
    journal: Journal,
}

// ANCHOR: request
impl Caller {
    /// One request, unless the user has cancelled. Whatever it was doing is dropped then.
    async fn request(self: Arc<Self>, uri: Uri) -> Result<()> {
        let name = format!("GET {}", uri.path());
        let getting = async {
            let waiting = self.journal.waits(&name);
            let mut going = None;
            let sent = || {
                waiting.done();
                self.journal.note(&name, "is sent");
                going = Some(self.journal.served(&name));
            };
            let page = self.client.get(uri, sent).await?;
            self.journal.note(&name, format!("has {} bytes", page.len()));
            if let Some(going) = going {
                going.done();
            }
            Ok(())
        };
        self.user.run_until_cancelled(getting).await.unwrap_or(Ok(()))
    }
}
// ANCHOR_END: request

/// Cancels when time is up, or when somebody presses Ctrl-C.
async fn impatience(user: CancellationToken, cancel: Option<Duration>) {
    match cancel {
        Some(time) => sleep(time).await,
        None => {
            if signal::ctrl_c().await.is_err() {
                return;
            }
        }
    }
    user.cancel();
}
