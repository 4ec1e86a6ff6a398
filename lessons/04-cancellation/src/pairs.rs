//! Two items make a pair: where is the first one while we wait for the second?

use tokio::sync::mpsc::Receiver;

// ANCHOR: forgetful
/// The next two items. Dropped between them, it takes the first one along.
pub async fn forgetful_pair<T>(items: &mut Receiver<T>) -> Option<(T, T)> {
    let first = items.recv().await?;
    let second = items.recv().await?;
    Some((first, second))
}
// ANCHOR_END: forgetful

// ANCHOR: pairs
/// Items, two by two.
pub struct Pairs<T> {
    items: Receiver<T>,
    first: Option<T>,
}

impl<T> Pairs<T> {
    /// Pairs of what `items` receives.
    pub fn of(items: Receiver<T>) -> Self {
        Self { items, first: None }
    }

    /// The next two items. Dropped between them, it goes on from there the next time.
    pub async fn next(&mut self) -> Option<(T, T)> {
        if self.first.is_none() {
            self.first = Some(self.items.recv().await?);
        }
        let second = self.items.recv().await?;
        // From here on there is no `.await`: both are taken, or none.
        self.first.take().map(|first| (first, second))
    }
}
// ANCHOR_END: pairs

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::sync::mpsc;
    use tokio::time::timeout;

    use super::*;

    const IMPATIENT: Duration = Duration::from_millis(10);

    #[tokio::test(start_paused = true)]
    async fn a_local_variable_is_lost_with_its_future() {
        let (tx, mut rx) = mpsc::channel(8);
        tx.send(1).await.expect("open");
        assert!(timeout(IMPATIENT, forgetful_pair(&mut rx)).await.is_err());
        for item in 2..=4 {
            tx.send(item).await.expect("open");
        }
        assert_eq!(forgetful_pair(&mut rx).await, Some((2, 3)), "1 is gone, and all pairs are shifted");
    }

    #[tokio::test(start_paused = true)]
    async fn a_field_is_still_there() {
        let (tx, rx) = mpsc::channel(8);
        let mut pairs = Pairs::of(rx);
        tx.send(1).await.expect("open");
        for _ in 0..3 {
            assert!(timeout(IMPATIENT, pairs.next()).await.is_err());
        }
        for item in 2..=4 {
            tx.send(item).await.expect("open");
        }
        drop(tx);
        assert_eq!(pairs.next().await, Some((1, 2)));
        assert_eq!(pairs.next().await, Some((3, 4)));
        assert_eq!(pairs.next().await, None);
    }
}
