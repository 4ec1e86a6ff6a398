//! Three tasks that own their state, and what becomes of them when their last handle is dropped, or when they ask
//! themselves. The clock is virtual.
//!
//! `cargo run -q -p lesson-10-architectures --example last_handle`

use std::io::{self, Write};
use std::time::Duration;

use lesson_10_architectures::stairs::{Message, Question, counter, light, light_with_reminders};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (button, messages) = mpsc::channel(4);
    let attending = tokio::spawn(light(messages, button.clone()));
    let _ = button.send(Message::Press).await;
    drop(button);
    say("a light with its own sender", attending).await;

    let (button, messages) = mpsc::channel(4);
    let attending = tokio::spawn(light_with_reminders(messages, button.downgrade()));
    let _ = button.send(Message::Press).await;
    drop(button);
    say("a light with a weak sender", attending).await;

    let (to, inbox) = mpsc::channel(4);
    tokio::spawn(counter(inbox, to.downgrade()));
    let (reply, answer) = oneshot::channel();
    let _ = to.send(Question::Sentence(reply)).await;
    say("a counter that asks itself", answer).await;
}

async fn say(what: &str, ending: impl Future) {
    let asked = Instant::now();
    let told = match timeout(Duration::from_secs(3600), ending).await {
        Ok(_) => format!("done after {} ms", asked.elapsed().as_millis()),
        Err(_) => "after an hour, still waiting".to_string(),
    };
    let _ = writeln!(io::stdout(), "{what:<28} {told}");
}
