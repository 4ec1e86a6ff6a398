//! The journal and what it draws.

use lab::prelude::*;

/// Three jobs, two at a time.
async fn three_jobs(journal: &Journal) {
    let first = tokio::spawn(journal.work("job 1", ms(20)));
    let second = tokio::spawn(journal.work("job 2", ms(30)));
    first.await.unwrap();
    tokio::spawn(journal.work("job 3", ms(20))).await.unwrap();
    second.await.unwrap();
}

/// Everything that happened can be asked for.
#[lab::test(read = "Journals")]
async fn a_journal_remembers() {
    let journal = Journal::new();
    three_jobs(&journal).await;
    expect_eq("the peak", 2, journal.peak());
    expect_eq("running in the end", 0, journal.running());
    expect_eq("the order of beginnings", vec!["job 1", "job 2", "job 3"], journal.begun());
    expect_eq("the order of ends", vec!["job 1", "job 2", "job 3"], journal.finished());
    expect_eq("the beginning of job 3", Some(20), journal.began_at("job 3"));
    expect_eq("the beginning of what never began", None, journal.began_at("job 4"));
    journal.expect_at_most(2, "jobs");
    journal.expect_at_once(2, "jobs");
    journal.expect_begun("the jobs", ["job 1", "job 2", "job 3"]);
    journal.expect_finished_at(40, "the last job");
}

/// Work that is dropped counts as cancelled, and not as finished.
#[lab::test(read = "Journals")]
async fn dropped_work_is_cancelled() {
    let journal = Journal::new();
    let cut = tokio::time::timeout(ms(15), journal.work("cut", ms(30))).await;
    expect(cut.is_err(), "the limit is shorter than the work", "it was not");
    expect_eq("cancelled", 1, journal.cancelled());
    expect_eq("finished", Vec::<String>::new(), journal.finished());
    let never = journal.work("never polled", ms(10));
    drop(never);
    expect_eq("begun", vec!["cut"], journal.begun());
}

/// Repeated work shares a row.
#[lab::test(read = "Journals")]
async fn a_row_is_a_label() {
    let journal = Journal::new();
    journal.work("tick", ms(10)).await;
    settle().await;
    journal.work("tick", ms(10)).await;
}

/// At most one job at a time.
#[lab::test(read = "Journals")]
async fn broken_too_many_at_once() {
    let journal = Journal::new();
    three_jobs(&journal).await;
    journal.expect_at_most(1, "jobs");
}

/// Three jobs at once.
#[lab::test(read = "Journals")]
async fn broken_too_few_at_once() {
    let journal = Journal::new();
    three_jobs(&journal).await;
    journal.expect_at_once(3, "jobs");
}

/// Jobs begin in order.
#[lab::test(read = "Journals")]
async fn broken_wrong_order() {
    let journal = Journal::new();
    three_jobs(&journal).await;
    journal.expect_begun("the jobs", ["job 1", "job 3", "job 2"]);
}

/// All is over after 30 ms.
#[lab::test(read = "Journals")]
async fn broken_too_late() {
    let journal = Journal::new();
    three_jobs(&journal).await;
    journal.expect_finished_at(30, "the last job");
}

/// All is over.
#[lab::test(read = "Journals")]
async fn broken_still_going_on() {
    let journal = Journal::new();
    let _span = journal.begin("job 1");
    journal.expect_finished_at(30, "the last job");
}

/// Without a clock the axis is the order of events.
#[lab::test(read = "Journals")]
fn broken_without_a_clock() {
    let journal = Journal::new();
    let (first, second) = (journal.begin("job 1"), journal.begin("job 2"));
    drop(first);
    drop(second);
    journal.expect_at_most(1, "jobs");
}
