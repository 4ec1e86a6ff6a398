//! For people who write exercises.

use super::Desk;
use anyhow::Result;

/// Lays out a new exercise.
pub fn new(_desk: &mut Desk<'_>, _name: &str) -> Result<u8> {
    Ok(0)
}

/// Proves exercises.
pub fn check(_desk: &mut Desk<'_>, _names: &[String]) -> Result<u8> {
    Ok(0)
}
