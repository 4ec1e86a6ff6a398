//! `std::time::SystemTime`.

use ::std::ops::{Add, AddAssign, Sub, SubAssign};
use ::std::time::{Duration, SystemTimeError};

/// See [`std::time::SystemTime`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SystemTime(::std::time::SystemTime);

/// See [`std::time::UNIX_EPOCH`].
pub const UNIX_EPOCH: SystemTime = SystemTime::UNIX_EPOCH;

/// Every execution begins at the same moment: the first of January 2024.
const BEGIN: Duration = Duration::from_secs(1_704_067_200);

impl SystemTime {
    /// See [`std::time::SystemTime::UNIX_EPOCH`].
    pub const UNIX_EPOCH: Self = Self(::std::time::UNIX_EPOCH);

    /// See [`std::time::SystemTime::now`].
    pub fn now() -> Self {
        let modelled = interleave::now().map(|since| ::std::time::UNIX_EPOCH + BEGIN + since);
        Self(modelled.unwrap_or_else(::std::time::SystemTime::now))
    }

    /// See [`std::time::SystemTime::duration_since`].
    ///
    /// # Errors
    ///
    /// If `earlier` is later.
    pub fn duration_since(&self, earlier: Self) -> Result<Duration, SystemTimeError> {
        self.0.duration_since(earlier.0)
    }

    /// See [`std::time::SystemTime::elapsed`].
    ///
    /// # Errors
    ///
    /// If `self` lies in the future.
    pub fn elapsed(&self) -> Result<Duration, SystemTimeError> {
        Self::now().duration_since(*self)
    }

    /// See [`std::time::SystemTime::checked_add`].
    pub fn checked_add(&self, duration: Duration) -> Option<Self> {
        self.0.checked_add(duration).map(Self)
    }

    /// See [`std::time::SystemTime::checked_sub`].
    pub fn checked_sub(&self, duration: Duration) -> Option<Self> {
        self.0.checked_sub(duration).map(Self)
    }
}

impl Add<Duration> for SystemTime {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        Self(self.0 + duration)
    }
}

impl AddAssign<Duration> for SystemTime {
    fn add_assign(&mut self, duration: Duration) {
        self.0 += duration;
    }
}

impl Sub<Duration> for SystemTime {
    type Output = Self;

    fn sub(self, duration: Duration) -> Self {
        Self(self.0 - duration)
    }
}

impl SubAssign<Duration> for SystemTime {
    fn sub_assign(&mut self, duration: Duration) {
        self.0 -= duration;
    }
}

impl From<::std::time::SystemTime> for SystemTime {
    fn from(real: ::std::time::SystemTime) -> Self {
        Self(real)
    }
}

impl From<SystemTime> for ::std::time::SystemTime {
    fn from(modelled: SystemTime) -> Self {
        modelled.0
    }
}
