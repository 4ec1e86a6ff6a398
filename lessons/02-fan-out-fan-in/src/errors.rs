//! The first error, or all there is to know.

use futures::future::{join_all, try_join_all};

use crate::servers::{Refused, Server, try_ask};

// ANCHOR: all_or_nothing
/// All prices, or the first refusal.
pub async fn all_or_nothing(servers: Vec<Server>) -> Result<Vec<u64>, Refused> {
    try_join_all(servers.into_iter().map(try_ask)).await
}
// ANCHOR_END: all_or_nothing

// ANCHOR: both_halves
/// All prices, and all refusals.
pub async fn both_halves(servers: Vec<Server>) -> (Vec<u64>, Vec<Refused>) {
    let (mut prices, mut refusals) = (Vec::new(), Vec::new());
    for answer in join_all(servers.into_iter().map(try_ask)).await {
        match answer {
            Ok(price) => prices.push(price),
            Err(refusal) => refusals.push(refusal),
        }
    }
    (prices, refusals)
}
// ANCHOR_END: both_halves

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::journal::{End, Journal};
    use crate::servers::{refusing, taking};

    #[tokio::test(start_paused = true)]
    async fn the_first_error_drops_what_is_under_way() {
        let journal = Journal::silent();
        let servers = refusing(3, taking(&[100, 300, 200], &journal));
        assert_eq!(all_or_nothing(servers).await, Err(Refused("server 3".to_string())));
        let ends: Vec<_> = journal.stretches().into_iter().map(|stretch| stretch.ended).collect();
        let at = Duration::from_millis;
        assert_eq!(ends, [Some((at(100), End::Done)), Some((at(200), End::Dropped)), Some((at(200), End::Done))]);
    }

    #[tokio::test(start_paused = true)]
    async fn both_halves_know_all_prices_and_all_refusals() {
        let journal = Journal::silent();
        let servers = refusing(1, refusing(3, taking(&[100, 300, 200], &journal)));
        let refused = |name: &str| Refused(name.to_string());
        assert_eq!(both_halves(servers).await, (vec![20], vec![refused("server 1"), refused("server 3")]));
        assert_eq!(journal.total(), Duration::from_millis(300));
    }
}
