//! A cave with many rooms. What lies behind a door is known to whoever has been there.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::journal::Journal;

/// A room.
pub type Room = &'static str;

// ANCHOR: cave
/// Somewhere to look around.
pub trait Cave: Send + Sync + 'static {
    /// Goes to a room, and returns where its doors lead.
    fn doors(&self, room: Room) -> impl Future<Output = Vec<Room>> + Send;
}
// ANCHOR_END: cave

/// A cave that is known to us. Each room takes a while.
pub struct Map {
    rooms: BTreeMap<Room, (Duration, Vec<Room>)>,
    journal: Journal,
}

impl Map {
    /// Rooms with the milliseconds they take, and their doors.
    pub fn new<const N: usize>(rooms: [(Room, u64, &[Room]); N], journal: &Journal) -> Self {
        let rooms =
            rooms.into_iter().map(|(room, takes, doors)| (room, (Duration::from_millis(takes), doors.to_vec())));
        Self { rooms: rooms.collect(), journal: journal.clone() }
    }

    /// An entrance with three corridors, and two rooms behind each.
    pub fn three_corridors(journal: &Journal) -> Self {
        Self::new(
            [
                ("entrance", 100, &["left", "middle", "right"]),
                ("left", 100, &["left 1", "left 2"]),
                ("left 1", 100, &[]),
                ("left 2", 100, &[]),
                ("middle", 100, &["middle 1", "middle 2"]),
                ("middle 1", 100, &[]),
                ("middle 2", 100, &[]),
                ("right", 100, &["right 1", "right 2"]),
                ("right 1", 100, &[]),
                ("right 2", 100, &[]),
            ],
            journal,
        )
    }

    /// A long way with short rooms, and a short way with a long one. Both lead to the lake, and on to the gold.
    pub fn two_ways(journal: &Journal) -> Self {
        Self::new(
            [
                ("entrance", 50, &["crawlway", "gallery"]),
                ("crawlway", 50, &["chimney"]),
                ("chimney", 50, &["lake"]),
                ("gallery", 300, &["lake"]),
                ("lake", 50, &["gold"]),
                ("gold", 50, &[]),
            ],
            journal,
        )
    }
}

impl Cave for Map {
    async fn doors(&self, room: Room) -> Vec<Room> {
        let (takes, doors) = &self.rooms[room];
        let _looking = self.journal.works(room, "is entered");
        sleep(*takes).await;
        doors.clone()
    }
}

// Wrong on purpose: an empty queue only means that nobody has come back yet.
// ANCHOR: until_empty
/// A scout: explores rooms from the queue until there are no more.
async fn scout<C: Cave>(cave: Arc<C>, queue: Arc<Mutex<VecDeque<Room>>>) {
    while let Some(room) = next(&queue) {
        let doors = cave.doors(room).await;
        queue.lock().unwrap().extend(doors);
    }
}
// ANCHOR_END: until_empty

fn next(queue: &Mutex<VecDeque<Room>>) -> Option<Room> {
    queue.lock().unwrap().pop_front()
}

/// Explores a cave without circles with several scouts.
pub async fn explore_until_empty<C: Cave>(cave: Arc<C>, entrance: Room, scouts: usize) {
    let queue = Arc::new(Mutex::new(VecDeque::from([entrance])));
    let scouts: JoinSet<()> = (0..scouts).map(|_| scout(cave.clone(), queue.clone())).collect();
    scouts.join_all().await;
}

// ANCHOR: explore
/// Explores a cave, and returns its rooms. Every room gets a scout of its own.
pub async fn explore<C: Cave>(cave: Arc<C>, entrance: Room) -> BTreeSet<Room> {
    let mut seen = BTreeSet::from([entrance]);
    let mut under_way = JoinSet::new();
    let send = |room, under_way: &mut JoinSet<Vec<Room>>| {
        let cave = cave.clone();
        under_way.spawn(async move { cave.doors(room).await });
    };
    send(entrance, &mut under_way);
    // It is over when nobody is under way: only who is under way can find a door.
    while let Some(doors) = under_way.join_next().await {
        for room in doors.expect("no scout is lost") {
            // Marked when the door is seen, so that nobody else goes there.
            if seen.insert(room) {
                send(room, &mut under_way);
            }
        }
    }
    seen
}
// ANCHOR_END: explore

// Wrong on purpose: whoever comes first decides how far away a room is.
// ANCHOR: first_come
/// The rooms that are at most `far` doors away from the entrance.
pub async fn within<C: Cave>(cave: Arc<C>, entrance: Room, far: u32) -> BTreeSet<Room> {
    let mut seen = BTreeSet::from([entrance]);
    let mut under_way = JoinSet::new();
    let send = |room, away, under_way: &mut JoinSet<(u32, Vec<Room>)>| {
        let cave = cave.clone();
        under_way.spawn(async move { (away, cave.doors(room).await) });
    };
    send(entrance, 0, &mut under_way);
    while let Some(back) = under_way.join_next().await {
        let (away, doors) = back.expect("no scout is lost");
        for room in doors {
            if away < far && seen.insert(room) {
                send(room, away + 1, &mut under_way);
            }
        }
    }
    seen
}
// ANCHOR_END: first_come

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn scouts_who_find_the_queue_empty_go_home() {
        let journal = Journal::silent();
        explore_until_empty(Arc::new(Map::three_corridors(&journal)), "entrance", 3).await;
        assert_eq!((journal.count(), journal.peak()), (10, 1));
        assert_eq!(journal.total(), Duration::from_millis(1000));
    }

    #[tokio::test(start_paused = true)]
    async fn exploring_ends_when_nobody_is_under_way() {
        let journal = Journal::silent();
        let seen = explore(Arc::new(Map::three_corridors(&journal)), "entrance").await;
        assert_eq!((seen.len(), journal.count(), journal.peak()), (10, 10, 6));
        assert_eq!(journal.total(), Duration::from_millis(300));
    }

    #[tokio::test(start_paused = true)]
    async fn a_room_with_two_doors_is_entered_once() {
        let journal = Journal::silent();
        let seen = explore(Arc::new(Map::two_ways(&journal)), "entrance").await;
        assert_eq!((seen.len(), journal.count()), (6, 6));
    }

    #[tokio::test(start_paused = true)]
    async fn a_fast_long_way_hides_a_slow_short_one() {
        let seen = within(Arc::new(Map::two_ways(&Journal::silent())), "entrance", 3).await;
        assert!(seen.contains("lake") && !seen.contains("gold"), "{seen:?}");
    }
}
