//! A value that belongs to a task: the language in which it speaks to its visitor.

use tokio::task_local;

// ANCHOR: language
task_local! {
    /// The language of whoever is being served.
    pub static LANGUAGE: &'static str;
}

/// A greeting in that language, or in English where nobody has chosen one.
pub fn greeting() -> &'static str {
    match LANGUAGE.try_with(|language| *language) {
        Ok("de") => "Guten Tag",
        Ok("fr") => "Bonjour",
        Ok(_) | Err(_) => "Hello",
    }
}
// ANCHOR_END: language

#[cfg(test)]
mod tests {
    use std::panic::AssertUnwindSafe;
    use std::time::Duration;

    use tokio::task::{JoinSet, yield_now};
    use tokio::time::sleep;

    use super::*;

    #[tokio::test]
    async fn inner_scopes_shadow_and_restore() {
        assert_eq!(greeting(), "Hello");
        LANGUAGE
            .scope("de", async {
                assert_eq!(LANGUAGE.scope("fr", async { greeting() }).await, "Bonjour");
                assert_eq!(greeting(), "Guten Tag");
                let panics = AssertUnwindSafe(|| LANGUAGE.sync_scope("fr", || panic!("on purpose")));
                assert!(std::panic::catch_unwind(panics).is_err());
                assert_eq!(greeting(), "Guten Tag");
            })
            .await;
        assert_eq!(greeting(), "Hello");
    }

    #[tokio::test(start_paused = true)]
    async fn two_visitors_in_turns_on_one_thread_do_not_mix() {
        let mut visitors = JoinSet::new();
        for (language, expected) in [("de", "Guten Tag"), ("fr", "Bonjour")] {
            visitors.spawn(LANGUAGE.scope(language, async move {
                for _ in 0..3 {
                    yield_now().await;
                    sleep(Duration::from_millis(10)).await;
                    assert_eq!(greeting(), expected);
                }
            }));
        }
        while let Some(visitor) = visitors.join_next().await {
            visitor.expect("each greeting is in the right language");
        }
    }

    #[tokio::test]
    async fn a_spawned_task_and_a_blocking_closure_start_without() {
        LANGUAGE
            .scope("de", async {
                assert_eq!(tokio::spawn(async { greeting() }).await.expect("no panic"), "Hello");
                assert_eq!(tokio::task::spawn_blocking(greeting).await.expect("no panic"), "Hello");
            })
            .await;
    }
}
