//! right: every stage is the same hand-written future, with a function that says what becomes of an item.

use std::future::Future;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::sync::mpsc;
use tokio_util::sync::PollSender;

/// Passes on what `step` makes of the items; `Break` is the last word of a stage.
struct Pump<T, R, S> {
    /// `None` when no item is wanted any more.
    input: Option<mpsc::Receiver<T>>,
    output: PollSender<R>,
    gone: Pin<Box<dyn Future<Output = ()> + Send>>,
    held: Option<R>,
    step: S,
}

// Nothing in it is pinned but what is in a box.
impl<T, R, S> Unpin for Pump<T, R, S> {}

impl<T, R: Send + 'static, S: FnMut(T) -> ControlFlow<Option<R>, Option<R>>> Future for Pump<T, R, S> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let this = self.get_mut();
        loop {
            if this.gone.as_mut().poll(context).is_ready() {
                return Poll::Ready(());
            }
            if this.held.is_some() {
                if ready!(this.output.poll_reserve(context)).is_err() {
                    return Poll::Ready(());
                }
                let _ = this.held.take().map(|result| this.output.send_item(result));
            }
            let Some(input) = &mut this.input else { return Poll::Ready(()) };
            match ready!(input.poll_recv(context)).map(&mut this.step) {
                Some(ControlFlow::Continue(result)) => this.held = result,
                Some(ControlFlow::Break(result)) => (this.held, this.input) = (result, None),
                None => return Poll::Ready(()),
            }
        }
    }
}

fn stage<T, R, S>(input: Option<mpsc::Receiver<T>>, step: S) -> mpsc::Receiver<R>
where
    T: Send + 'static,
    R: Send + 'static,
    S: FnMut(T) -> ControlFlow<Option<R>, Option<R>> + Send + 'static,
{
    let (sender, receiver) = mpsc::channel(1);
    let watched = sender.clone();
    let gone = Box::pin(async move { watched.closed().await });
    tokio::spawn(Pump { input, output: PollSender::new(sender), gone, held: None, step });
    receiver
}

pub fn source<I>(items: I) -> mpsc::Receiver<I::Item>
where
    I: IntoIterator,
    I::IntoIter: Send + 'static,
    I::Item: Send + 'static,
{
    let (sender, receiver) = mpsc::channel(1);
    let items = items.into_iter();
    tokio::spawn(async move {
        for item in items {
            if sender.send(item).await.is_err() {
                break;
            }
        }
    });
    receiver
}

pub fn map_stage<T, R, F>(input: mpsc::Receiver<T>, mut f: F) -> mpsc::Receiver<R>
where
    T: Send + 'static,
    R: Send + 'static,
    F: FnMut(T) -> R + Send + 'static,
{
    stage(Some(input), move |item| ControlFlow::Continue(Some(f(item))))
}

pub fn filter_stage<T, P>(input: mpsc::Receiver<T>, mut keep: P) -> mpsc::Receiver<T>
where
    T: Send + 'static,
    P: FnMut(&T) -> bool + Send + 'static,
{
    stage(Some(input), move |item| ControlFlow::Continue(keep(&item).then_some(item)))
}

pub fn take_stage<T: Send + 'static>(input: mpsc::Receiver<T>, n: usize) -> mpsc::Receiver<T> {
    let mut left = n;
    stage((n > 0).then_some(input), move |item| {
        left -= 1;
        if left == 0 { ControlFlow::Break(Some(item)) } else { ControlFlow::Continue(Some(item)) }
    })
}
