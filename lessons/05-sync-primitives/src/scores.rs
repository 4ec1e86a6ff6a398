//! A panic in the middle of a change, and what the next one finds.

use std::sync::{Mutex, MutexGuard, PoisonError};

// ANCHOR: board
/// Points by player. `total` is their sum, or something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// The points of each player.
    pub points: Vec<u32>,
    /// The points of all of them.
    pub total: u32,
}
// ANCHOR_END: board

/// A board that several threads write on.
pub struct Scores(Mutex<Board>);

impl Scores {
    /// Nobody has any points.
    pub fn of(players: usize) -> Self {
        Self(Mutex::new(Board { points: vec![0; players], total: 0 }))
    }

    // ANCHOR: half_done
    /// Gives points to a player. Panics if there is no such player.
    pub fn award(&self, player: usize, points: u32) {
        let mut board = self.0.lock().unwrap();
        board.total += points;
        board.points[player] += points;
    }
    // ANCHOR_END: half_done

    // ANCHOR: build_then_swap
    /// Gives points to a player, or panics and has changed nothing.
    pub fn award_or_nothing(&self, player: usize, points: u32) {
        let mut board = self.board();
        let mut next = board.clone();
        next.total += points;
        next.points[player] += points;
        *board = next;
    }

    /// A panic has left the board as it was before: there is nothing to be afraid of.
    fn board(&self) -> MutexGuard<'_, Board> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
    // ANCHOR_END: build_then_swap

    // ANCHOR: repair
    /// The board. After a panic the total is made anew from the points, which are right.
    pub fn repaired(&self) -> Board {
        let board = self.0.lock().unwrap_or_else(|poisoned| {
            let mut board = poisoned.into_inner();
            board.total = board.points.iter().sum();
            self.0.clear_poison();
            board
        });
        board.clone()
    }
    // ANCHOR_END: repair
}

#[cfg(test)]
mod tests {
    use std::panic::{self, AssertUnwindSafe};

    use super::*;

    fn panics(body: impl FnOnce()) -> bool {
        panic::catch_unwind(AssertUnwindSafe(body)).is_err()
    }

    #[test]
    fn a_panic_half_way_leaves_a_wrong_total_and_a_poisoned_lock() {
        let scores = Scores::of(2);
        scores.award(0, 5);
        assert!(panics(|| scores.award(7, 10)));
        assert!(panics(|| scores.award(0, 1)), "the lock is poisoned");
        let seen = scores.board().clone();
        assert_eq!(seen, Board { points: vec![5, 0], total: 15 });
    }

    #[test]
    fn built_and_swapped_the_board_is_right_whoever_panics() {
        let scores = Scores::of(2);
        scores.award_or_nothing(0, 5);
        assert!(panics(|| scores.award_or_nothing(7, 10)));
        scores.award_or_nothing(1, 1);
        assert_eq!(*scores.board(), Board { points: vec![5, 1], total: 6 });
    }

    #[test]
    fn once_repaired_the_lock_is_like_any_other() {
        let scores = Scores::of(2);
        scores.award(0, 5);
        assert!(panics(|| scores.award(7, 10)));
        assert_eq!(scores.repaired().total, 5);
        scores.award(1, 1);
        assert_eq!(scores.repaired(), Board { points: vec![5, 1], total: 6 });
    }

    #[test]
    fn nobody_poisons_a_rwlock_by_reading_nor_a_lock_of_tokios() {
        let read = std::sync::RwLock::new(0);
        assert!(panics(|| {
            let _reading = read.read();
            panic!("on purpose");
        }));
        assert!(!read.is_poisoned());

        let tokios = tokio::sync::Mutex::new(0);
        assert!(panics(|| {
            *tokios.blocking_lock() = 1;
            let _writing = tokios.blocking_lock();
            panic!("on purpose");
        }));
        assert_eq!(*tokios.blocking_lock(), 1);
    }
}
