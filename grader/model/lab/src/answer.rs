//! From the outcome of a search to an answer for the grader.

use interleave::trace::{self, Ending, Story};
use interleave::{Failed, Kind, Outcome};
use lab::panics::{in_your_code, is_todo};
use protocol::{Answer, Explored, Failure, Panic, Party, Place, Waiting};

/// The answer, and how far the search came.
pub fn of(outcome: Outcome, promise: &str) -> (Answer, Explored) {
    match outcome {
        Outcome::AllChecked { executions } => passed(executions, None),
        Outcome::NoneUpTo { deviations, executions } => passed(executions, Some(deviations)),
        Outcome::Failed(failed) => {
            let Failed { kind, executions, story, .. } = *failed;
            let mut story = story.filter(|_| kind != Kind::NotDeterministic);
            let answer = failed_as(kind, story.as_mut(), promise);
            (answer, Explored { executions, deviations: None, story })
        }
    }
}

fn passed(executions: u64, deviations: Option<u32>) -> (Answer, Explored) {
    (Answer::Passed { picture: None }, Explored { executions, deviations, story: None })
}

fn failed_as(kind: Kind, story: Option<&mut Story>, promise: &str) -> Answer {
    let Some(story) = story else {
        let why =
            "under the same schedule it does not do the same each time (is there a `static`, randomness, or time?)";
        return Answer::NotModelled { why: why.to_owned() };
    };
    if let Some(todo) = panics(story).find(|(_, panic)| is_todo(&panic.message)) {
        return Answer::Todo { place: todo.1.place.as_ref().map(place) };
    }
    if let Some(failure) = lab::expect::first() {
        if let Ending::Panicked { panic } = &mut story.ending {
            panic.message = format!("expected {}, seen {}", failure.expected, failure.seen);
        }
        return Answer::Failed { failure, picture: None };
    }
    let waits = waits(story);
    match kind {
        Kind::Panicked(panic) => Answer::Failed { failure: panicked(story, &panic, promise), picture: None },
        Kind::Livelocked => Answer::Livelocked { waits, wakeups: 0, picture: None },
        Kind::Leaked => {
            let threads = u32::try_from(waits.len()).unwrap_or(u32::MAX);
            Answer::Leaked { tasks: 0, threads, waits, picture: None }
        }
        Kind::Deadlocked | Kind::NotDeterministic => Answer::Deadlocked { waits, picture: None },
    }
}

/// The learner's own panic explains more than the `unwrap` that met its consequence.
fn panicked(story: &Story, last: &trace::Panic, promise: &str) -> Failure {
    let own = panics(story).find(|(_, panic)| panic.place.as_ref().is_some_and(is_learners));
    let seen = own.map_or_else(|| last.message.clone(), |(_, panic)| in_your_code(&panic.message));
    let panic = own.and_then(|(party, panic)| {
        let place = panic.place.as_ref().map(place)?;
        Some(Panic { message: panic.message.clone(), place, elsewhere: party > 0 })
    });
    Failure { expected: promise.to_owned(), seen, panic }
}

/// Every panic of the story with its party, threads before the body: they came first.
fn panics(story: &Story) -> impl Iterator<Item = (usize, &trace::Panic)> {
    let ending = match &story.ending {
        Ending::Panicked { panic } => Some((0, panic)),
        _ => None,
    };
    let parties = story.parties.iter().enumerate().filter_map(|(index, party)| Some((index, party.panicked.as_ref()?)));
    parties.filter(|(index, _)| *index > 0).chain(ending)
}

fn waits(story: &Story) -> Vec<Waiting> {
    story.ending.waits().iter().map(waiting).collect()
}

fn waiting(wait: &trace::Wait) -> Waiting {
    let (learner, test) = match &wait.place {
        Some(at) if is_learners(at) => (Some(place(at)), None),
        other => (None, other.as_ref().map(place)),
    };
    let party = if wait.party == 0 { Party::Test } else { Party::Thread(wait.party) };
    Waiting { party, learner, test, on: Some(wait.operation.clone()) }
}

fn place(place: &trace::Place) -> Place {
    Place { file: place.file.clone(), line: place.line, column: place.column }
}

fn is_learners(place: &trace::Place) -> bool {
    place.file == lab::run::source().path
}
