//! Values as the engine keeps them.

use ::std::ptr;

/// Something an atomic can contain, as bits and back.
pub(super) trait Bits: Copy {
    fn bits(self) -> u64;
    fn of(bits: u64) -> Self;
}

macro_rules! integer {
    ($($T:ty)+) => {
        $(
            impl Bits for $T {
                fn bits(self) -> u64 {
                    self as u64
                }

                fn of(bits: u64) -> Self {
                    bits as Self
                }
            }
        )+
    };
}

integer!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

impl Bits for bool {
    fn bits(self) -> u64 {
        self.into()
    }

    fn of(bits: u64) -> Self {
        bits != 0
    }
}

impl<T> Bits for *mut T {
    fn bits(self) -> u64 {
        self.expose_provenance() as u64
    }

    fn of(bits: u64) -> Self {
        ptr::with_exposed_provenance_mut(bits as usize)
    }
}
