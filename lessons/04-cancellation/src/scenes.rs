//! What the examples show. Each scene writes into a journal, and takes place on tokio's paused clock.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::{JoinHandle, yield_now};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::download::{PER_PIECE, PIECES, download_within};
use crate::journal::Journal;
use crate::lock::{self, Book};
use crate::mistakes::{self, download_in_a_task};
use crate::values::{LANGUAGE, greeting};
use crate::visits::{polite_visit, visit};

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// A user with some patience, and a download that does not know of it.
pub async fn download_bug(journal: &Journal, patience: Duration) {
    match download_in_a_task(journal, patience).await {
        Some(fetched) => journal.note("user", format!("has {fetched} pieces")),
        None => journal.note("user", "gives up"),
    }
    // The program has other things to do, for long enough.
    sleep(PER_PIECE * 10).await;
}

/// The same user, who can also press a button, and a download that can be dropped.
pub async fn download(journal: &Journal, patience: Duration, user: &CancellationToken) {
    match download_within(journal, patience, user).await {
        Ok(Some(fetched)) => journal.note("user", format!("has {fetched} of {PIECES} pieces")),
        Ok(None) => journal.note("user", "has cancelled"),
        Err(_) => journal.note("user", "gives up"),
    }
}

/// Presses the button after a while.
pub fn cancel_after(user: &CancellationToken, time: Duration) -> JoinHandle<()> {
    let user = user.clone();
    tokio::spawn(async move {
        sleep(time).await;
        user.cancel();
    })
}

/// Three visits, and three ways to end them after 200 ms.
pub async fn three_ways(journal: &Journal) {
    // One after the other, each on a page of its own.
    let _ = timeout(ms(200), visit(journal.clone(), "dropped")).await;
    journal.note("caller", "timeout has returned");

    let aborted = tokio::spawn(visit(journal.clone(), "aborted"));
    sleep(ms(200)).await;
    aborted.abort();
    journal.note("caller", "abort has returned");
    let end = aborted.await;
    let cancelled = end.is_err_and(|error| error.is_cancelled());
    journal.note("caller", format!("the handle says: cancelled = {cancelled}"));

    let leave = CancellationToken::new();
    let asked = tokio::spawn(polite_visit(journal.clone(), "asked", leave.clone()));
    sleep(ms(200)).await;
    leave.cancel();
    journal.note("caller", "cancel has returned");
    asked.await.expect("a visit does not panic");
    journal.note("caller", "the handle says: done");
}

/// A token, a clone of it, and two children, one of which has a child: who hears of what?
pub async fn token_tree(journal: &Journal) {
    let root = CancellationToken::new();
    let left = root.child_token();
    let right = root.child_token();
    let below = left.child_token();
    for (who, token) in [("root", &root), ("left", &left), ("below left", &below), ("right", &right)] {
        let (journal, token) = (journal.clone(), token.clone());
        tokio::spawn(async move {
            token.cancelled().await;
            journal.note(who, "hears of it");
        });
    }
    sleep(ms(100)).await;
    journal.note("caller", "drops the right child");
    drop(right);
    sleep(ms(100)).await;
    journal.note("caller", "cancels the left child");
    left.cancel();
    sleep(ms(100)).await;
    journal.note("caller", "cancels a clone of the root");
    root.clone().cancel();
    sleep(ms(100)).await;
}

/// A visitor who speaks German, and what three kinds of helpers say.
pub async fn languages(journal: &Journal) {
    journal.note("nobody", greeting());
    LANGUAGE
        .scope("de", async {
            journal.note("host", greeting());
            let helper = async { journal.note("awaited", greeting()) };
            helper.await;
            let said = tokio::spawn(async { greeting() }).await.expect("a greeting does not panic");
            journal.note("spawned", said);
            LANGUAGE.scope("fr", async { journal.note("inner", greeting()) }).await;
            journal.note("host", greeting());
        })
        .await;
}

/// Four letters, and a clock that strikes while two of them are carried.
pub async fn postman(journal: &Journal) {
    let (letters, received) = mpsc::channel(4);
    for letter in 1..=4 {
        letters.send(letter).await.expect("there is room for four");
    }
    drop(letters);
    mistakes::postman(journal, received).await;
}

/// A book, a reader, and a writer who waits behind themselves.
pub async fn futurelock(journal: &Journal) {
    let book = Arc::<Book>::default();
    let reader = tokio::spawn({
        let (journal, book) = (journal.clone(), book.clone());
        async move { lock::read(&journal, &book).await }
    });
    yield_now().await;
    if timeout(ms(60_000), lock::write_or_complain(journal, &book)).await.is_err() {
        journal.note("writer", "still waits");
    }
    reader.await.expect("reading does not panic");
}
