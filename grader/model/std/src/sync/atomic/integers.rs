//! The integer atomics.

use super::bits::Bits;

macro_rules! integer {
    ($($Atomic:ident $T:ty),+) => {
        $(
            atomic!($Atomic, $T);
            fetch!($Atomic, $T, fetch_add fetch_sub fetch_and fetch_nand fetch_or fetch_xor fetch_max fetch_min);

            impl Default for $Atomic {
                fn default() -> Self {
                    Self::new(0)
                }
            }
        )+
    };
}

integer!(
    AtomicI8 i8, AtomicI16 i16, AtomicI32 i32, AtomicI64 i64, AtomicIsize isize,
    AtomicU8 u8, AtomicU16 u16, AtomicU32 u32, AtomicU64 u64, AtomicUsize usize
);
