//! What the chapter prints is what the examples say, as far as their time is virtual.

use lesson_07_rate_limiting::scenes;

const CHAPTER: &str = include_str!("../../../book/src/07-rate-limiting.md");

/// Every excerpt of a run in the chapter. Those of the client have real times in them, and a slash in front of a page.
fn told() -> impl Iterator<Item = &'static str> {
    let excerpts = CHAPTER.split("\n```text\n").skip(1).filter_map(|rest| Some(rest.split_once("```")?.0));
    excerpts.filter(|excerpt| !excerpt.contains("GET /"))
}

#[tokio::test(start_paused = true)]
async fn every_run_in_the_chapter_has_happened() {
    let said = [scenes::three_histories(), scenes::refill().await, scenes::ticks().await, scenes::two_limits().await];
    for excerpt in told() {
        assert!(said.iter().any(|said| said.contains(excerpt)), "this was never said:\n{excerpt}\n{}", said.join("\n"));
    }
}
