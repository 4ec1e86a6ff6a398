//! Answers come back as they are done.

use std::collections::BTreeMap;

use tokio::task::JoinSet;

use crate::servers::{Server, ask};

// ANCHOR: as_they_answer
/// The prices of all servers.
pub async fn as_they_answer(servers: Vec<Server>) -> Vec<u64> {
    let mut asked: JoinSet<u64> = servers.into_iter().map(ask).collect();
    let mut prices = Vec::new();
    while let Some(answered) = asked.join_next().await {
        prices.push(answered.expect("asking does not panic"));
    }
    prices
}
// ANCHOR_END: as_they_answer

// ANCHOR: by_name
/// The prices of all servers, and whose they are.
pub async fn by_name(servers: Vec<Server>) -> BTreeMap<String, u64> {
    let mut asked = JoinSet::new();
    for server in servers {
        asked.spawn(async move {
            let name = server.name.clone();
            (name, ask(server).await)
        });
    }
    let mut prices = BTreeMap::new();
    while let Some(answered) = asked.join_next().await {
        let (name, price) = answered.expect("asking does not panic");
        prices.insert(name, price);
    }
    prices
}
// ANCHOR_END: by_name

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Journal;
    use crate::servers::taking;

    #[tokio::test(start_paused = true)]
    async fn the_quickest_is_first() {
        let servers = taking(&[300, 100, 200], &Journal::silent());
        assert_eq!(as_they_answer(servers).await, [20, 30, 10]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_label_tells_whose_price_it_is() {
        let servers = taking(&[300, 100, 200], &Journal::silent());
        let prices: Vec<(String, u64)> = by_name(servers).await.into_iter().collect();
        let expected = [("server 1", 10), ("server 2", 20), ("server 3", 30)];
        assert_eq!(prices, expected.map(|(name, price)| (name.to_string(), price)));
    }
}
