//! What all atomics have in common.

/// A step that is a read-modify-write by the real atomic, with its arguments and its result for the story.
macro_rules! exchange {
    ($self:ident, $name:expr, $args:expr, $order:ident, $call:expr) => {{
        let op = ::interleave::Op::new($name).on(&$self.value);
        ::interleave::step(op.with(|| $args));
        $self.restore();
        let found = $call;
        $self.location.exchange(found.bits(), $self.newest().bits(), $order);
        ::interleave::result(|| format!("{found:?}"));
        found
    }};
}

/// The part of an atomic type that does not depend on what is in it.
macro_rules! atomic {
    ($Atomic:ident, $T:ty $(, $G:ident)?) => {
        #[doc = concat!("See [`std::sync::atomic::", stringify!($Atomic), "`].")]
        pub struct $Atomic$(<$G>)? {
            value: ::std::sync::atomic::$Atomic$(<$G>)?,
            location: ::interleave::Location,
            used: ::interleave::FirstUse,
            before: ::std::sync::atomic::$Atomic$(<$G>)?,
        }

        impl$(<$G>)? $Atomic$(<$G>)? {
            #[doc = concat!("See [`std`](::std::sync::atomic::", stringify!($Atomic), "::new).")]
            pub const fn new(value: $T) -> Self {
                Self {
                    value: ::std::sync::atomic::$Atomic::new(value),
                    location: ::interleave::Location::new(),
                    used: ::interleave::FirstUse::new(),
                    before: ::std::sync::atomic::$Atomic::new(value),
                }
            }

            /// What outlives an execution is put back before the next uses it.
            fn restore(&self) {
                use ::std::sync::atomic::Ordering::SeqCst;
                match self.used.notice() {
                    ::interleave::Use::FirstEver => self.before.store(self.value.load(SeqCst), SeqCst),
                    ::interleave::Use::FirstOfExecution => self.value.store(self.before.load(SeqCst), SeqCst),
                    ::interleave::Use::Outside | ::interleave::Use::Again => {}
                }
            }

            fn newest(&self) -> $T {
                self.value.load(::std::sync::atomic::Ordering::SeqCst)
            }

            /// An older value found instead of the newest, if the schedule says so.
            fn read_old(&self, order: ::std::sync::atomic::Ordering, fit: impl Fn($T) -> bool) -> Option<$T> {
                let newest = self.newest();
                let old = self.location.read_old(newest.bits(), order, |bits| fit(Bits::of(bits)), || format!("{newest:?}"));
                old.map(Bits::of)
            }

            #[doc = concat!("See [`std`](::std::sync::atomic::", stringify!($Atomic), "::get_mut).")]
            pub fn get_mut(&mut self) -> &mut $T {
                self.value.get_mut()
            }

            #[doc = concat!("See [`std`](::std::sync::atomic::", stringify!($Atomic), "::into_inner).")]
            pub fn into_inner(self) -> $T {
                self.value.into_inner()
            }

            #[doc = concat!("See [`std`](::std::sync::atomic::", stringify!($Atomic), "::as_ptr).")]
            pub const fn as_ptr(&self) -> *mut $T {
                self.value.as_ptr()
            }

            #[doc = concat!("See [`std`](::std::sync::atomic::", stringify!($Atomic), "::load).")]
            #[track_caller]
            pub fn load(&self, order: ::std::sync::atomic::Ordering) -> $T {
                let op = ::interleave::Op::new(concat!(stringify!($Atomic), "::load")).on(&self.value);
                ::interleave::step(op.with(|| format!("{order:?}")));
                self.restore();
                let newest = self.value.load(order);
                let found = self.read_old(order, |_| true).unwrap_or_else(|| {
                    self.location.read(newest.bits(), order);
                    newest
                });
                ::interleave::result(|| format!("{found:?}"));
                found
            }

            #[doc = concat!("See [`std`](::std::sync::atomic::", stringify!($Atomic), "::store).")]
            #[track_caller]
            pub fn store(&self, value: $T, order: ::std::sync::atomic::Ordering) {
                let op = ::interleave::Op::new(concat!(stringify!($Atomic), "::store")).on(&self.value);
                ::interleave::step(op.with(|| format!("{value:?}, {order:?}")));
                self.restore();
                let before = self.newest();
                self.value.store(value, order);
                self.location.write(before.bits(), value.bits(), order);
            }

            #[doc = concat!("See [`std`](::std::sync::atomic::", stringify!($Atomic), "::swap).")]
            #[track_caller]
            pub fn swap(&self, value: $T, order: ::std::sync::atomic::Ordering) -> $T {
                exchange!(
                    self,
                    concat!(stringify!($Atomic), "::swap"),
                    format!("{value:?}, {order:?}"),
                    order,
                    self.value.swap(value, order)
                )
            }

            #[doc = concat!("See [`std`](::std::sync::atomic::", stringify!($Atomic), "::compare_exchange).")]
            ///
            /// # Errors
            ///
            /// The value found instead.
            #[track_caller]
            pub fn compare_exchange(
                &self,
                current: $T,
                new: $T,
                success: ::std::sync::atomic::Ordering,
                failure: ::std::sync::atomic::Ordering,
            ) -> Result<$T, $T> {
                let op = ::interleave::Op::new(concat!(stringify!($Atomic), "::compare_exchange")).on(&self.value);
                ::interleave::step(op.with(|| format!("{current:?}, {new:?}, {success:?}, {failure:?}")));
                self.restore();
                self.exchange_if(current, new, success, failure)
            }

            #[doc = concat!("See [`std`](::std::sync::atomic::", stringify!($Atomic), "::compare_exchange_weak).")]
            ///
            /// # Errors
            ///
            /// The value found, which is the expected one if it failed for no reason.
            #[track_caller]
            pub fn compare_exchange_weak(
                &self,
                current: $T,
                new: $T,
                success: ::std::sync::atomic::Ordering,
                failure: ::std::sync::atomic::Ordering,
            ) -> Result<$T, $T> {
                let op = ::interleave::Op::new(concat!(stringify!($Atomic), "::compare_exchange_weak")).on(&self.value);
                ::interleave::step(op.with(|| format!("{current:?}, {new:?}, {success:?}, {failure:?}")));
                self.restore();
                if ::interleave::fails_for_no_reason() {
                    let found = self.value.load(failure);
                    self.location.read(found.bits(), failure);
                    ::interleave::result(|| format!("Err({found:?})"));
                    return Err(found);
                }
                self.exchange_if(current, new, success, failure)
            }

            /// One that fails is a load, and may find an old value other than the expected one.
            fn exchange_if(
                &self,
                current: $T,
                new: $T,
                success: ::std::sync::atomic::Ordering,
                failure: ::std::sync::atomic::Ordering,
            ) -> Result<$T, $T> {
                let old = self.read_old(failure, |value| value != current);
                let outcome = old.map_or_else(|| self.value.compare_exchange(current, new, success, failure), Err);
                match outcome {
                    Ok(found) => self.location.exchange(found.bits(), new.bits(), success),
                    Err(found) if old.is_none() => self.location.read(found.bits(), failure),
                    Err(_) => {}
                }
                ::interleave::result(|| format!("{outcome:?}"));
                outcome
            }

            #[doc = concat!("See [`std`](::std::sync::atomic::", stringify!($Atomic), "::fetch_update). As there, a load and then an exchange.")]
            ///
            /// # Errors
            ///
            /// The value for which `f` had no answer.
            #[track_caller]
            pub fn fetch_update<F: FnMut($T) -> Option<$T>>(
                &self,
                set_order: ::std::sync::atomic::Ordering,
                fetch_order: ::std::sync::atomic::Ordering,
                mut f: F,
            ) -> Result<$T, $T> {
                let mut previous = self.load(fetch_order);
                while let Some(next) = f(previous) {
                    match self.compare_exchange_weak(previous, next, set_order, fetch_order) {
                        Ok(value) => return Ok(value),
                        Err(value) => previous = value,
                    }
                }
                Err(previous)
            }

            #[doc = concat!("See [`std`](::std::sync::atomic::", stringify!($Atomic), "::try_update). As there, a load and then an exchange.")]
            ///
            /// # Errors
            ///
            /// The value for which `f` had no answer.
            #[track_caller]
            pub fn try_update(
                &self,
                set_order: ::std::sync::atomic::Ordering,
                fetch_order: ::std::sync::atomic::Ordering,
                f: impl FnMut($T) -> Option<$T>,
            ) -> Result<$T, $T> {
                self.fetch_update(set_order, fetch_order, f)
            }

            #[doc = concat!("See [`std`](::std::sync::atomic::", stringify!($Atomic), "::update). As there, a load and then an exchange.")]
            #[track_caller]
            pub fn update(
                &self,
                set_order: ::std::sync::atomic::Ordering,
                fetch_order: ::std::sync::atomic::Ordering,
                mut f: impl FnMut($T) -> $T,
            ) -> $T {
                let mut previous = self.load(fetch_order);
                loop {
                    match self.compare_exchange_weak(previous, f(previous), set_order, fetch_order) {
                        Ok(value) => return value,
                        Err(value) => previous = value,
                    }
                }
            }
        }

        impl$(<$G>)? ::std::fmt::Debug for $Atomic$(<$G>)? {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.value.fmt(f)
            }
        }

        impl$(<$G>)? From<$T> for $Atomic$(<$G>)? {
            fn from(value: $T) -> Self {
                Self::new(value)
            }
        }
    };
}

/// Read-modify-write operations that the real atomic has under the same name.
macro_rules! fetch {
    ($Atomic:ident, $T:ty, $($name:ident)+) => {
        impl $Atomic {
            $(
                #[doc = concat!("See [`std`](::std::sync::atomic::", stringify!($Atomic), "::", stringify!($name), ").")]
                #[track_caller]
                pub fn $name(&self, value: $T, order: ::std::sync::atomic::Ordering) -> $T {
                    exchange!(
                        self,
                        concat!(stringify!($Atomic), "::", stringify!($name)),
                        format!("{value:?}, {order:?}"),
                        order,
                        self.value.$name(value, order)
                    )
                }
            )+
        }
    };
}
