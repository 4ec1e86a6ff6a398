//! The light on the stairs: a button switches it on, and after three minutes it goes out by itself.

use std::time::Duration;

use tokio::sync::mpsc::{Receiver, Sender, WeakSender};
use tokio::sync::oneshot;
use tokio::time::sleep;

/// How long the light burns.
pub const BURNS: Duration = Duration::from_secs(180);

/// What the light is told, or asked.
pub enum Message {
    /// Somebody has pressed the button.
    Press,
    /// The time of this press is over.
    Out(u32),
    /// Is it on?
    Ask(oneshot::Sender<bool>),
}

// Wrong on purpose: it holds a sender to itself, so it never ends.
// ANCHOR: own_sender
/// The light. Ends when nobody can press any more; returns how often somebody has.
pub async fn light(mut messages: Receiver<Message>, me: Sender<Message>) -> u32 {
    let (mut on, mut presses) = (false, 0);
    while let Some(message) = messages.recv().await {
        match message {
            Message::Press => {
                (on, presses) = (true, presses + 1);
                let (me, press) = (me.clone(), presses);
                tokio::spawn(async move {
                    sleep(BURNS).await;
                    let _ = me.send(Message::Out(press)).await;
                });
            }
            // Only the latest press counts.
            Message::Out(press) => on &= press != presses,
            Message::Ask(reply) => drop(reply.send(on)),
        }
    }
    presses
}
// ANCHOR_END: own_sender

// ANCHOR: reminder
/// Reminds the light, if it is still there. Until then nobody is kept waiting for its end.
async fn remind(light: WeakSender<Message>, press: u32) {
    sleep(BURNS).await;
    if let Some(light) = light.upgrade() {
        let _ = light.send(Message::Out(press)).await;
    }
}
// ANCHOR_END: reminder

/// The light. Ends when nobody can press any more; returns how often somebody has.
pub async fn light_with_reminders(mut messages: Receiver<Message>, me: WeakSender<Message>) -> u32 {
    let (mut on, mut presses) = (false, 0);
    while let Some(message) = messages.recv().await {
        match message {
            Message::Press => {
                (on, presses) = (true, presses + 1);
                tokio::spawn(remind(me.clone(), presses));
            }
            Message::Out(press) => on &= press != presses,
            Message::Ask(reply) => drop(reply.send(on)),
        }
    }
    presses
}

/// A number, or all numbers so far.
pub enum Question {
    /// How often has somebody asked?
    Count(oneshot::Sender<u32>),
    /// The same, as a sentence.
    Sentence(oneshot::Sender<String>),
}

// Wrong on purpose: it waits for an answer that only itself could give.
// ANCHOR: asks_itself
/// Counts questions, this one included.
pub async fn count(to: &Sender<Question>) -> Option<u32> {
    let (reply, answer) = oneshot::channel();
    to.send(Question::Count(reply)).await.ok()?;
    answer.await.ok()
}

/// Answers how often it was asked.
pub async fn counter(mut inbox: Receiver<Question>, me: WeakSender<Question>) {
    let mut asked = 0;
    while let Some(question) = inbox.recv().await {
        asked += 1;
        match question {
            Question::Count(reply) => drop(reply.send(asked)),
            Question::Sentence(reply) => {
                let Some(me) = me.upgrade() else { return };
                let asked = count(&me).await;
                let _ = reply.send(format!("{asked:?} questions so far"));
            }
        }
    }
}
// ANCHOR_END: asks_itself

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc;
    use tokio::time::timeout;

    use super::*;

    const LONG: Duration = Duration::from_secs(3600);

    async fn is_on(light: &Sender<Message>) -> bool {
        let (reply, answer) = oneshot::channel();
        assert!(light.send(Message::Ask(reply)).await.is_ok());
        answer.await.expect("an answer")
    }

    #[tokio::test(start_paused = true)]
    async fn both_lights_burn_from_the_last_press() {
        let (mistaken, messages) = mpsc::channel(4);
        tokio::spawn(light(messages, mistaken.clone()));
        let (right, messages) = mpsc::channel(4);
        tokio::spawn(light_with_reminders(messages, right.downgrade()));
        for light in [mistaken, right] {
            assert!(!is_on(&light).await);
            assert!(light.send(Message::Press).await.is_ok());
            sleep(BURNS / 2).await;
            assert!(light.send(Message::Press).await.is_ok());
            sleep(BURNS * 3 / 4).await;
            assert!(is_on(&light).await, "the second press counts");
            sleep(BURNS / 2).await;
            assert!(!is_on(&light).await);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_light_with_its_own_sender_never_ends() {
        let (button, messages) = mpsc::channel(4);
        let attending = tokio::spawn(light(messages, button.clone()));
        drop(button);
        assert!(timeout(LONG, attending).await.is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn a_weak_sender_keeps_nobody() {
        let (button, messages) = mpsc::channel(4);
        let attending = tokio::spawn(light_with_reminders(messages, button.downgrade()));
        assert!(button.send(Message::Press).await.is_ok());
        drop(button);
        let ended = timeout(Duration::from_millis(1), attending).await.expect("at once, not after the reminder");
        assert_eq!(ended.expect("no panic"), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_asks_itself_waits_for_ever() {
        let (to, inbox) = mpsc::channel(4);
        tokio::spawn(counter(inbox, to.downgrade()));
        assert_eq!(count(&to).await, Some(1));
        let (reply, answer) = oneshot::channel();
        assert!(to.send(Question::Sentence(reply)).await.is_ok());
        assert!(timeout(LONG, answer).await.is_err());
    }
}
