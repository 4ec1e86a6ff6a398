//! Drawing keeps a thread busy, beside an async program.

use tokio::sync::oneshot::{self, Sender};
use tokio::task::spawn_blocking;

// ANCHOR: draw
/// Draws row after row while somebody wants the picture. Returns how many it has drawn.
pub fn draw(rows: u32, mut row: impl FnMut(u32) -> u8, reply: Sender<Vec<u8>>) -> u32 {
    let mut picture = Vec::new();
    for number in 0..rows {
        // Nobody can stop this thread from outside: it has to look.
        if reply.is_closed() {
            return number;
        }
        picture.push(row(number));
    }
    let _ = reply.send(picture);
    rows
}
// ANCHOR_END: draw

// ANCHOR: picture
/// A picture. Drop the future, and the drawing ends with the row that is being drawn.
pub async fn picture<R>(rows: u32, row: R) -> Option<Vec<u8>>
where
    R: FnMut(u32) -> u8 + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    // We wait for the answer, and not for the handle: if the drawing panics, there is none.
    spawn_blocking(move || draw(rows, row, reply));
    answer.await.ok()
}
// ANCHOR_END: picture

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use tokio::sync::mpsc as tasks;

    use super::*;

    #[tokio::test]
    async fn a_picture_that_somebody_waits_for_is_drawn_to_the_end() {
        assert_eq!(picture(3, |number| number as u8).await, Some(vec![0, 1, 2]));
    }

    #[tokio::test]
    async fn a_panic_is_an_answer_that_does_not_come() {
        assert_eq!(picture(3, |_| panic!("on purpose")).await, None);
    }

    #[tokio::test]
    async fn nobody_draws_for_a_caller_who_has_left() {
        let (begun, mut has_begun) = tasks::unbounded_channel();
        let (open, gate) = mpsc::channel::<()>();
        let waiting = tokio::spawn(picture(100, move |number| {
            begun.send(number).expect("the test listens");
            // Opened by the test, or by its end.
            let _ = gate.recv();
            0
        }));
        assert_eq!(has_begun.recv().await, Some(0));
        waiting.abort();
        assert!(waiting.await.expect_err("aborted").is_cancelled());
        drop(open);
        // `None`: the closure is gone, and has not begun another row.
        assert_eq!(has_begun.recv().await, None);
    }
}
