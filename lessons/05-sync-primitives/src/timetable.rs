//! Something that is read all day and made anew every morning, by whoever comes first.

use std::sync::RwLock;

/// The timetable of one day, as text that can be copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The day it is for.
    pub day: u32,
    /// How many sheets had been printed when this one was done.
    pub printed: u32,
}

impl Sheet {
    fn print(day: u32, before: &Self) -> Self {
        Self { day, printed: before.printed + 1 }
    }
}

/// The timetable on the wall.
pub struct Timetable {
    sheet: RwLock<Sheet>,
}

impl Default for Timetable {
    fn default() -> Self {
        Self { sheet: RwLock::new(Sheet { day: 0, printed: 0 }) }
    }
}

impl Timetable {
    // Wrong on purpose: waits for itself.
    // ANCHOR: upgrade
    /// Today's sheet. It is printed if yesterday's still hangs there.
    pub fn read_and_write(&self, day: u32) -> Sheet {
        let sheet = self.sheet.read().unwrap();
        if sheet.day < day {
            *self.sheet.write().unwrap() = Sheet::print(day, &sheet);
        }
        sheet.clone()
    }
    // ANCHOR_END: upgrade

    /// Wrong: today's sheet, printed by everybody who has seen yesterday's.
    pub fn without_a_second_look(&self, day: u32) -> Sheet {
        let old = self.sheet.read().unwrap().day < day;
        if old {
            let mut sheet = self.sheet.write().unwrap();
            *sheet = Sheet::print(day, &sheet);
        }
        self.sheet.read().unwrap().clone()
    }

    // ANCHOR: look_again
    /// Today's sheet. It is printed if yesterday's still hangs there.
    pub fn of(&self, day: u32) -> Sheet {
        {
            let sheet = self.sheet.read().unwrap();
            if sheet.day >= day {
                return sheet.clone();
            }
        }
        // Nobody holds the lock here, so anything may happen before we have it again.
        let mut sheet = self.sheet.write().unwrap();
        if sheet.day < day {
            *sheet = Sheet::print(day, &sheet);
        }
        sheet.clone()
    }
    // ANCHOR_END: look_again
}

/// Somebody comes in the morning, alone.
pub fn in_the_morning() {
    let timetable = Timetable::default();
    timetable.read_and_write(1);
}
