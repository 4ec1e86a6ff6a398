//! How a story ended, in sentences.

use crate::trace::{Access, Ending, Gap, Panic, Place, Stale, Step, Story, Wait};

/// The sentences, in lines of at most `width` characters.
pub fn lines(story: &Story, width: usize) -> Vec<String> {
    sentences(story).iter().flat_map(|sentence| wrapped(sentence, width)).collect()
}

fn sentences(story: &Story) -> Vec<String> {
    let mut sentences = too_weak(story);
    for (index, party) in story.parties.iter().enumerate() {
        let told_by_ending = index == 0 && matches!(story.ending, Ending::Panicked { .. });
        if let Some(panic) = party.panicked.as_ref().filter(|_| !told_by_ending) {
            sentences.push(panicked(&party.name, panic));
        }
    }
    match &story.ending {
        Ending::Finished => sentences.push("Everything ran to its end.".to_owned()),
        Ending::Panicked { panic } => sentences.push(panicked(story.name(0), panic)),
        Ending::Deadlocked { waits } => {
            sentences.push("Nothing can ever happen again:".to_owned());
            sentences.extend(waits.iter().map(|wait| waits_for_ever(story, wait)));
        }
        Ending::Livelocked { waits, .. } => {
            sentences.push("This goes on and on, although every thread gets its turn.".to_owned());
            sentences.extend(waits.iter().map(|wait| waits_for_ever(story, wait)));
        }
        Ending::Leaked { waits } => {
            sentences.push(format!("{} is done, and nobody can help those left behind:", story.name(0)));
            sentences.extend(waits.iter().map(|wait| waits_for_ever(story, wait)));
        }
    }
    sentences
}

/// Which orders would have made the loads find what they missed; each sentence once.
fn too_weak(story: &Story) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    let stale = story.steps.iter().filter_map(|step| Some((step, step.stale.as_deref()?)));
    for (step, stale) in stale {
        let gaps = stale.gaps.iter().map(|gap| does_not_synchronise(story, gap));
        let found = if stale.gaps.is_empty() { vec![unordered(story, step, stale)] } else { gaps.collect() };
        sentences.extend(found.into_iter().filter(|sentence| !sentences.contains(sentence)).collect::<Vec<_>>());
    }
    sentences
}

fn does_not_synchronise(story: &Story, gap: &Gap) -> String {
    let needs = match (gap.needs_release, gap.needs_acquire) {
        (true, true) => "Release there and Acquire here",
        (true, false) => "Release there",
        _ => "Acquire here",
    };
    format!(
        "{}'s store at {} does not make what it wrote before visible to {}'s load at {}: that needs {needs}.",
        story.name(gap.store.party),
        access(&gap.store),
        story.name(gap.load.party),
        access(&gap.load),
    )
}

/// Nobody handed anything on: two threads that each store here and look there.
fn unordered(story: &Story, step: &Step, stale: &Stale) -> String {
    let load = Access { party: step.party, place: step.place.clone(), order: stale.order.clone() };
    format!(
        "{}'s load at {} may miss {}'s store at {}: nothing it found or waited for came after that store. SeqCst \
         gives such operations one order for all threads: on each of these stores and loads, or on a fence between \
         the two of each thread.",
        story.name(load.party),
        access(&load),
        story.name(stale.store.party),
        access(&stale.store),
    )
}

/// `flag.rs:12 (Relaxed)`
fn access(access: &Access) -> String {
    format!("{} ({})", access.place.as_ref().map_or_else(|| "some place".to_owned(), Place::short), access.order)
}

fn panicked(name: &str, panic: &Panic) -> String {
    let message = panic.message.lines().map(str::trim).collect::<Vec<_>>().join(", ");
    match &panic.place {
        Some(place) => format!("{name} panicked at {}: {message}", place.short()),
        // Whoever ends a test without a panic that the hook sees has said all in the message.
        None => format!("{name} ends it: {message}"),
    }
}

fn waits_for_ever(story: &Story, wait: &Wait) -> String {
    let place = wait.place.as_ref().map(|place| format!(" at {}", place.short())).unwrap_or_default();
    let holders = wait.held_by.iter().map(|holder| {
        let who = if holder.party == wait.party { "itself" } else { story.name(holder.party) };
        let since = holder.since.as_ref().map(|place| format!(" since {}", place.short())).unwrap_or_default();
        format!("{who}{since}")
    });
    let holders: Vec<_> = holders.collect();
    let held = if holders.is_empty() { String::new() } else { format!(", held by {}", holders.join(" and ")) };
    format!("  {} waits for ever{place} in {}{held}", story.name(wait.party), wait.operation)
}

fn wrapped(sentence: &str, width: usize) -> Vec<String> {
    let indent = sentence.len() - sentence.trim_start().len();
    let mut lines = Vec::new();
    let mut line = " ".repeat(indent);
    for word in sentence.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > width && !line.trim().is_empty() {
            lines.push(line.trim_end().to_owned());
            line = " ".repeat(indent + 4);
        }
        line.push_str(word);
        line.push(' ');
    }
    lines.push(line.trim_end().to_owned());
    lines
}
