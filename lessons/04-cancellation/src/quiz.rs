//! The programs the quiz asks about. Their tests are the proofs of the answers.

use std::time::Duration;

use tokio::time::error::Elapsed;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

// ANCHOR: upload
/// An upload that may take 10 ms, and takes 100.
pub async fn try_upload<F>(upload: F) -> Result<(), Elapsed>
where
    F: Future<Output = ()> + Send + 'static,
{
    timeout(Duration::from_millis(10), async {
        tokio::spawn(upload).await.expect("an upload does not panic");
    })
    .await
}
// ANCHOR_END: upload

// ANCHOR: clone
/// Hands a token to a helper. The helper cancels it.
pub fn delegate(token: &CancellationToken, helper: impl FnOnce(CancellationToken)) {
    helper(token.clone());
}
// ANCHOR_END: clone

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
    use tokio::sync::mpsc;
    use tokio::time::sleep;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_upload_goes_on_and_nobody_looks() {
        let uploaded = Arc::new(AtomicBool::new(false));
        let upload = {
            let uploaded = uploaded.clone();
            async move {
                sleep(Duration::from_millis(100)).await;
                uploaded.store(true, Ordering::Relaxed);
            }
        };
        assert!(try_upload(upload).await.is_err());
        assert!(!uploaded.load(Ordering::Relaxed));
        sleep(Duration::from_millis(100)).await;
        assert!(uploaded.load(Ordering::Relaxed));
    }

    const A_MOMENT: Duration = Duration::from_millis(10);

    #[tokio::test(start_paused = true)]
    async fn read_exact_loses_what_it_has_read() {
        let (mut writer, mut reader) = duplex(64);
        let mut buffer = [0; 2];
        writer.write_all(b"a").await.expect("there is room");
        assert!(timeout(A_MOMENT, reader.read_exact(&mut buffer)).await.is_err());
        writer.write_all(b"bc").await.expect("there is room");
        reader.read_exact(&mut buffer).await.expect("two bytes");
        assert_eq!(&buffer, b"bc");
    }

    #[tokio::test(start_paused = true)]
    async fn a_dropped_send_takes_its_item_along_and_a_dropped_recv_takes_nothing() {
        let (tx, mut rx) = mpsc::channel(1);
        tx.send(1).await.expect("there is room");
        assert!(timeout(A_MOMENT, tx.send(2)).await.is_err());
        assert_eq!(rx.recv().await, Some(1));
        assert!(timeout(A_MOMENT, rx.recv()).await.is_err(), "2 is nowhere");
        tx.send(3).await.expect("there is room");
        assert_eq!(rx.recv().await, Some(3));
    }

    #[test]
    fn a_clone_is_the_same_token() {
        let everybody = CancellationToken::new();
        let sibling = everybody.child_token();
        delegate(&everybody, |token| token.cancel());
        assert!(everybody.is_cancelled() && sibling.is_cancelled());
    }
}
