//! A lock, its fair line, and somebody in the line who is asleep.

use std::pin::pin;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::sleep;

use crate::journal::Journal;

/// A visitors' book that one person at a time can write in.
pub type Book = Mutex<Vec<&'static str>>;

/// Reads the book for 100 ms, and lets nobody else in.
pub async fn read(journal: &Journal, book: &Book) {
    let book = book.lock().await;
    journal.note("reader", "takes the book");
    sleep(Duration::from_millis(100)).await;
    journal.note("reader", "puts it back");
    drop(book);
}

// ANCHOR: futurelock
/// Writes into the book; if that takes more than 50 ms, also writes a complaint.
pub async fn write_or_complain(journal: &Journal, book: &Book) {
    let mut write = pin!(async {
        book.lock().await.push("It was lovely.");
        journal.note("writer", "has written");
    });
    tokio::select! {
        () = &mut write => {}
        () = sleep(Duration::from_millis(50)) => {
            journal.note("writer", "wants to complain");
            book.lock().await.push("One has to wait here.");
            journal.note("writer", "has complained");
            write.await;
        }
    }
}
// ANCHOR_END: futurelock

/// The same with a task of its own for what is to go on.
pub async fn write_and_complain(journal: &Journal, book: std::sync::Arc<Book>) {
    let mut write = tokio::spawn({
        let (journal, book) = (journal.clone(), book.clone());
        async move {
            book.lock().await.push("It was lovely.");
            journal.note("writer", "has written");
        }
    });
    tokio::select! {
        written = &mut write => written.expect("writing does not panic"),
        () = sleep(Duration::from_millis(50)) => {
            journal.note("writer", "wants to complain");
            book.lock().await.push("One has to wait here.");
            journal.note("writer", "has complained");
            write.await.expect("writing does not panic");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::time::timeout;

    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    async fn being_read(journal: &Journal) -> Arc<Book> {
        let book = Arc::<Book>::default();
        let (journal, of_the_reader) = (journal.clone(), book.clone());
        tokio::spawn(async move { read(&journal, &of_the_reader).await });
        tokio::task::yield_now().await;
        book
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_waits_behind_a_future_that_nobody_polls_waits_for_ever() {
        let journal = Journal::silent();
        let book = being_read(&journal).await;
        assert!(timeout(LONG, write_or_complain(&journal, &book)).await.is_err());
        assert!(!journal.lines().contains("has "), "{journal}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_task_in_the_line_is_polled_by_the_runtime() {
        let journal = Journal::silent();
        let book = being_read(&journal).await;
        timeout(LONG, write_and_complain(&journal, book.clone())).await.expect("nobody is stuck");
        assert_eq!(*book.lock().await, ["It was lovely.", "One has to wait here."]);
    }
}
