//! Locks in async code.

use std::sync::Mutex;

// ANCHOR: short
/// Temperatures that several tasks measure.
#[derive(Default)]
pub struct Temperatures(Mutex<Vec<i32>>);

impl Temperatures {
    /// Measures, and keeps what came out.
    pub async fn add(&self, measure: impl Future<Output = i32>) {
        let temperature = measure.await;
        // The guard lives for this line, and no `.await` is in it.
        self.0.lock().unwrap().push(temperature);
    }
}
// ANCHOR_END: short

impl Temperatures {
    /// The highest so far.
    pub fn highest(&self) -> Option<i32> {
        self.0.lock().unwrap().iter().max().copied()
    }
}

// ANCHOR: long
/// A line to which several tasks write, one after the other.
pub struct Line<W>(tokio::sync::Mutex<W>);

impl<W: tokio::io::AsyncWrite + Unpin> Line<W> {
    /// Writes a message. Its two parts stay together.
    pub async fn say(&self, name: &str, text: &str) -> std::io::Result<()> {
        use tokio::io::AsyncWriteExt;
        let mut line = self.0.lock().await;
        line.write_all(name.as_bytes()).await?;
        line.write_all(text.as_bytes()).await
    }
}
// ANCHOR_END: long

impl<W> Line<W> {
    /// Writes into `writer`.
    pub fn new(writer: W) -> Self {
        Self(tokio::sync::Mutex::new(writer))
    }
}

// Wrong on purpose: cancelled in between, it leaves them with 90.
// ANCHOR: half_done
/// Moves ten from the first account to the second. Together they always have 100.
pub async fn transfer(accounts: &tokio::sync::Mutex<[u32; 2]>, audit: impl Future) {
    let mut accounts = accounts.lock().await;
    accounts[0] -= 10;
    audit.await;
    accounts[1] += 10;
}
// ANCHOR_END: half_done

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use tokio::io::AsyncReadExt;
    use tokio::time::{sleep, timeout};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn tasks_measure_side_by_side() {
        let temperatures = Arc::new(Temperatures::default());
        let tasks = [21, 19, 24].map(|degrees| {
            let temperatures = temperatures.clone();
            tokio::spawn(async move {
                let measure = async {
                    sleep(Duration::from_millis(100)).await;
                    degrees
                };
                temperatures.add(measure).await;
            })
        });
        let started = tokio::time::Instant::now();
        for task in tasks {
            task.await.expect("no panic");
        }
        assert_eq!(started.elapsed(), Duration::from_millis(100));
        assert_eq!(temperatures.highest(), Some(24));
    }

    #[tokio::test(start_paused = true)]
    async fn the_parts_of_a_message_stay_together_on_a_narrow_line() {
        let (near, mut far) = tokio::io::duplex(1);
        let line = Arc::new(Line::new(near));
        let tasks = ["a", "b", "c"].map(|name| {
            let line = line.clone();
            tokio::spawn(async move { line.say(name, "hello ").await })
        });
        drop(line);
        let mut said = String::new();
        far.read_to_string(&mut said).await.expect("text");
        for task in tasks {
            task.await.expect("no panic").expect("written");
        }
        assert_eq!(said, "ahello bhello chello ");
    }

    #[tokio::test(start_paused = true)]
    async fn a_cancelled_transfer_leaves_the_accounts_half_changed() {
        let accounts = tokio::sync::Mutex::new([50, 50]);
        let cancelled =
            timeout(Duration::from_millis(10), transfer(&accounts, sleep(Duration::from_millis(100)))).await;
        assert!(cancelled.is_err());
        assert_eq!(*accounts.lock().await, [40, 50]);
    }
}
