//! Drawers with a lock each, whose contents are swapped.

use std::cmp::Ordering;
use std::mem;
use std::ptr;
use std::sync::Mutex;
use std::thread;

// ANCHOR: swap
/// A drawer with papers in it.
pub type Drawer = Mutex<Vec<u32>>;

/// Swaps the contents of two drawers.
pub fn swap(one: &Drawer, other: &Drawer) {
    // Everybody who needs two drawers takes the one with the lower address first.
    let (low, high) = match ptr::from_ref(one).cmp(&ptr::from_ref(other)) {
        Ordering::Less => (one, other),
        Ordering::Greater => (other, one),
        // The same drawer twice: there is nothing to swap, and only one lock to take.
        Ordering::Equal => return,
    };
    let mut low = low.lock().unwrap();
    let mut high = high.lock().unwrap();
    mem::swap(&mut *low, &mut *high);
}
// ANCHOR_END: swap

/// The same without a thought about who comes first, or whether there are two.
pub fn swap_as_named(one: &Drawer, other: &Drawer) {
    let mut one = one.lock().unwrap();
    let mut other = other.lock().unwrap();
    mem::swap(&mut *one, &mut *other);
}

/// Two drawers are swapped by two people at once, who name them differently.
pub fn swap_and_swap_back(swap: fn(&Drawer, &Drawer)) {
    let [left, right] = [1, 2].map(|paper| Mutex::new(vec![paper]));
    thread::scope(|scope| {
        scope.spawn(|| swap(&left, &right));
        swap(&right, &left);
    });
    assert_eq!((left.into_inner().unwrap(), right.into_inner().unwrap()), (vec![1], vec![2]));
}
