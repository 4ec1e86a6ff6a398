//! Three ways to stop somebody.

use std::time::Duration;

use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::journal::Journal;

// ANCHOR: visit
/// A visit that would last for a second.
pub async fn visit(journal: Journal, who: &'static str) {
    let going = journal.begin(who);
    sleep(Duration::from_secs(1)).await;
    going.done();
}
// ANCHOR_END: visit

// ANCHOR: polite
/// The same, by somebody who can be asked to leave, and then tidies up for 50 ms.
pub async fn polite_visit(journal: Journal, who: &'static str, leave: CancellationToken) {
    let going = journal.begin(who);
    tokio::select! {
        () = sleep(Duration::from_secs(1)) => {}
        () = leave.cancelled() => {
            journal.note(who, "tidies up");
            sleep(Duration::from_millis(50)).await;
        }
    }
    going.done();
}
// ANCHOR_END: polite
