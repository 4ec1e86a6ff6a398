//! What the chapter prints is what the examples say.

use std::time::Duration;

use lesson_04_cancellation::journal::Journal;
use lesson_04_cancellation::scenes;
use tokio_util::sync::CancellationToken;

const CHAPTER: &str = include_str!("../../../book/src/04-cancellation.md");

/// Every excerpt of a run in the chapter.
fn told() -> impl Iterator<Item = &'static str> {
    CHAPTER.split("\n```text\n").skip(1).filter_map(|rest| Some(rest.split_once("```")?.0))
}

#[tokio::test(start_paused = true)]
async fn every_run_in_the_chapter_has_happened() {
    let patience = Duration::from_millis(550);
    let mut said = Vec::new();

    let journal = Journal::silent();
    scenes::download_bug(&journal, patience).await;
    said.extend([journal.lines(), journal.bars()]);

    for cancel in [None, Some(330)] {
        let user = CancellationToken::new();
        if let Some(time) = cancel {
            scenes::cancel_after(&user, Duration::from_millis(time));
        }
        let journal = Journal::silent();
        scenes::download(&journal, patience, &user).await;
        said.extend([journal.lines(), journal.bars()]);
    }

    let journal = Journal::silent();
    scenes::three_ways(&journal).await;
    said.push(journal.lines());

    let journal = Journal::silent();
    scenes::token_tree(&journal).await;
    said.push(journal.lines());

    let journal = Journal::silent();
    scenes::languages(&journal).await;
    said.push(journal.lines());

    let journal = Journal::silent();
    scenes::postman(&journal).await;
    said.push(journal.lines());

    let journal = Journal::silent();
    scenes::futurelock(&journal).await;
    said.push(journal.lines());

    for excerpt in told() {
        assert!(said.iter().any(|said| said.contains(excerpt)), "this was never said:\n{excerpt}\n{}", said.join("\n"));
    }
}
