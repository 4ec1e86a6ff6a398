//! How far somebody has got in the stores to each location.

use std::rc::Rc;

/// For each location, by its number, the index of the newest store that must not be missed. Copies share their
/// numbers until one of them changes.
#[derive(Debug, Clone, Default)]
pub(crate) struct View(Rc<Vec<usize>>);

impl View {
    /// The newest store to `location` that must not be missed; 0 is what was there from the beginning.
    pub(crate) fn get(&self, location: usize) -> usize {
        self.0.get(location).copied().unwrap_or(0)
    }

    /// From now on the store `index` to `location` must not be missed.
    pub(crate) fn raise(&mut self, location: usize, index: usize) {
        if self.get(location) >= index {
            return;
        }
        let known = Rc::make_mut(&mut self.0);
        if known.len() <= location {
            known.resize(location + 1, 0);
        }
        known[location] = index;
    }

    /// Whoever has this view knows what `other` knows, too.
    pub(crate) fn join(&mut self, other: &Self) {
        if Rc::ptr_eq(&self.0, &other.0) || self.covers(other) {
            return;
        }
        if other.covers(self) {
            self.0 = other.0.clone();
            return;
        }
        for (location, &index) in other.0.iter().enumerate() {
            self.raise(location, index);
        }
    }

    fn covers(&self, other: &Self) -> bool {
        other.0.iter().enumerate().all(|(location, &index)| index <= self.get(location))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_join_knows_the_newer_of_each_and_copies_stay_as_they_are() {
        let mut one = View::default();
        one.raise(0, 3);
        let before = one.clone();
        let mut other = View::default();
        other.raise(0, 1);
        other.raise(2, 5);
        one.join(&other);
        assert_eq!([one.get(0), one.get(1), one.get(2), one.get(9)], [3, 0, 5, 0]);
        assert_eq!([before.get(0), before.get(2)], [3, 0]);
    }
}
