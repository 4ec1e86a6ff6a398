//! caught by: all_calls_run_at_the_same_time (failed)
//! idea: The results are right, so the work is done.

pub fn scoped_map<T, R, F>(items: &[T], f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync,
{
    items.iter().map(f).collect()
}
