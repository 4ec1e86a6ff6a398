//! A buffer of futures, and a loop that is busy with something else.

use futures::stream::{self, StreamExt};

use crate::journal::Journal;
use crate::step::Step;

/// A request for a document; the first has one page, the second two, and so on.
pub struct Request {
    number: u64,
    page: Step,
}

/// So many requests.
pub fn requests(last: u64, journal: &Journal) -> Vec<Request> {
    (1..=last).map(|number| Request { number, page: Step::new(&format!("request {number}"), 100, journal) }).collect()
}

/// Fetches all pages of a document, one after the other.
pub async fn fetch(request: Request) -> u64 {
    for page in 1..=request.number {
        request.page.on(page).await;
    }
    request.number
}

// Wrong on purpose: while one document is saved, nobody polls the requests for the others.
// ANCHOR: frozen
/// Fetches documents, up to five at once, and saves them in order.
pub async fn frozen(requests: Vec<Request>, save: Step) {
    let mut documents = stream::iter(requests).map(fetch).buffered(5);
    while let Some(document) = documents.next().await {
        save.on(document).await;
    }
}
// ANCHOR_END: frozen

// ANCHOR: spawned
/// Fetches documents, up to five at once, and saves them in order.
pub async fn spawned(requests: Vec<Request>, save: Step) {
    let fetching = |request| tokio::spawn(fetch(request));
    let mut documents = stream::iter(requests).map(fetching).buffered(5);
    while let Some(document) = documents.next().await {
        save.on(document.expect("fetching does not panic")).await;
    }
}
// ANCHOR_END: spawned

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn while_a_document_is_saved_no_page_arrives() {
        let journal = Journal::silent();
        frozen(requests(3, &journal), Step::new("save", 400, &journal)).await;
        // One page of the second and two of the third could have come while the first was saved.
        assert_eq!(journal.total(), 100 + 400 + 100 + 400 + 100 + 400);
    }

    #[tokio::test(start_paused = true)]
    async fn tasks_go_on_while_a_document_is_saved() {
        let journal = Journal::silent();
        spawned(requests(3, &journal), Step::new("save", 400, &journal)).await;
        assert_eq!(journal.total(), 100 + 3 * 400);
    }
}
