//! # `pipeline-processing`: a multi-stage data pipeline
//!
//! A `Pipeline` takes items from an iterator through any number of async stages, each with its own number of workers,
//! and gives you the results in order, or the first error.
//!
//! ```rust,ignore
//! let sizes = Pipeline::source(urls, eight) // `eight`, `four` and `one` are `NonZeroUsize`
//!     .stage(four, |url: String| async move { download(&url).await })
//!     .stage(one, |page: Page| async move { store(page).await })
//!     .run()
//!     .await?; // a `Vec` with one entry per URL
//! ```
//!
//! # The contract
//!
//! Everything is called inside a tokio runtime. Whether work begins in `stage` or only in `run` is up to you. A call of
//! a stage is running from the first time its future is polled until that is done or dropped. Calls do not block, so
//! they may share a task or have one each.
//!
//! Passing on
//!
//! - **Order.** The results come in the order of the source, whichever call ends first. Every item goes through every
//!   stage once. Without a stage, the items are the results.
//! - **Workers.** At most `workers` calls of a stage run at once, and that many while items wait and the stage gets rid
//!   of its results, however small `buffer` is. Nobody waits for a whole batch: when the call for the frontmost item of
//!   a stage has ended, the next one begins. (A call that has ended may keep its place until those before it have
//!   ended, too; and while a stage cannot get rid of its results, its calls may stand still.)
//! - **Overlap.** All stages work at the same time, on different items. n items through two stages with one worker
//!   each, of d₁ and d₂, take d₁ + d₂ + (n − 1) · max(d₁, d₂).
//! - **Bounds.** A pipeline is never further ahead than its room: the items taken from the source, less those placed
//!   in the result, are at most (`buffer` + 2) and, for every stage, (`buffer` + `workers` + 1). There may be many more
//!   items than that, and the source may be endless.
//!
//! The end
//!
//! - **Error.** If calls fail, `run` returns the error of the item that is earliest in the source, whichever stage it
//!   failed in, and even if a later item failed sooner. So it is known only when all items before it have been through
//!   all stages, or failed; until then, later ones may still be started. As soon as it is known, `run` returns: nothing
//!   new starts, and calls that are running are dropped.
//! - **Panic.** A panic in a stage, when `f` is called or in its future, or in the iterator, becomes a panic of `run`,
//!   with any message. Calls for later items are dropped, not waited for; those for earlier items may be
//!   dropped or finished. Should another item have failed, `run` may return its error instead.
//! - **Nothing stays.** When `run` returns or panics, no call is running and no task of the pipeline is alive.
//! - **Dropped.** A pipeline dropped before `run`, or the future of `run` dropped half-way, leaves nothing behind. Calls
//!   that run are dropped, not finished; as soon as the runtime has had its turn, all tasks and items are gone, and so
//!   are the iterator and the `f`s.

use std::future::Future;
use std::marker::PhantomData;
use std::num::NonZeroUsize;

/// A source of items and the stages they go through; yields items of type `T`, or fails with an `E`.
pub struct Pipeline<T, E> {
    // own the ends: the last stage so far has an output. Who reads it, once there is another stage, or none?
    types: PhantomData<fn() -> Result<T, E>>,
}

impl<T: Send + 'static, E: Send + 'static> Pipeline<T, E> {
    /// A pipeline without stages. `buffer` is how many items may wait after the source and after each stage.
    pub fn source<I>(items: I, buffer: NonZeroUsize) -> Self
    where
        I: IntoIterator<Item = T>,
        I::IntoIter: Send + 'static,
    {
        // bound
        let _ = (items, buffer);
        todo!("prepare to send the items, as far as there is room")
    }

    /// Adds a stage: every item is given to `f`, at most `workers` of them at once.
    pub fn stage<R, F, Fut>(self, workers: NonZeroUsize, f: F) -> Pipeline<R, E>
    where
        R: Send + 'static,
        F: Fn(T) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
    {
        // run: how does an error get past the items before it?
        let _ = (self.types, workers, f);
        todo!("receive items, keep up to `workers` calls going, and pass their results on in order")
    }

    /// Runs the pipeline to its end and returns all results, or the earliest error.
    ///
    /// # Errors
    ///
    /// The error of the earliest item that failed.
    pub async fn run(self) -> Result<Vec<T>, E> {
        // collect
        // stop
        todo!("collect what comes out, and leave nobody behind")
    }
}
