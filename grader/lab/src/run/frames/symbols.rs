//! Names of functions, from the program's own symbol table.
//!
//! ELF, 64 bits, little endian: what Linux on x86-64 and AArch64 has. The layout is that of `elf.h` (see `elf(5)`).
//! Whatever is not as expected means "no names", and places remain.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt;
use std::sync::OnceLock;

use backtrace::SymbolName;

/// The functions of this program by address, and where the program was loaded.
struct Table {
    bias: u64,
    functions: Vec<Function>,
    names: Vec<u8>,
}

struct Function {
    start: u64,
    size: u64,
    name: usize,
}

/// The demangled name of the function that contains a return address.
pub fn function(address: usize) -> Option<String> {
    static TABLE: OnceLock<Option<Table>> = OnceLock::new();
    let table = TABLE.get_or_init(|| Table::read().ok().flatten()).as_ref()?;
    // The call may be the last instruction of its function, so look in front of the address.
    let wanted = (address as u64).checked_sub(1)?.checked_sub(table.bias)?;
    let next = table.functions.partition_point(|function| function.start <= wanted);
    let found = table.functions[..next].last().filter(|found| wanted < found.start + found.size)?;
    let name = table.names.get(found.name..)?.split(|&byte| byte == 0).next()?;
    Some(format!("{:#}", SymbolName::new(name)))
}

impl Table {
    fn read() -> io::Result<Option<Self>> {
        let program = File::open("/proc/self/exe")?;
        let header = bytes(&program, 0, 64)?;
        if header[..6] != *b"\x7fELF\x02\x01" {
            return Ok(None);
        }
        let Some(bias) = bias(&program, &header)? else { return Ok(None) };
        let sections = entries(&program, long(&header, 40), short(&header, 58), short(&header, 60))?;
        // SHT_SYMTAB; its link is the section with the names.
        let Some(symbols) = sections.iter().find(|section| word(section, 4) == 2) else { return Ok(None) };
        let Some(names) = sections.get(word(symbols, 40) as usize) else { return Ok(None) };
        let names = bytes(&program, long(names, 24), long(names, 32))?;
        let symbols = bytes(&program, long(symbols, 24), long(symbols, 32))?;
        // STT_FUNC is the low half of the byte `st_info`.
        let functions = symbols.chunks_exact(24).filter(|symbol| symbol[4] & 15 == 2);
        let function =
            |symbol: &[u8]| Function { start: long(symbol, 8), size: long(symbol, 16), name: word(symbol, 0) as usize };
        let mut functions: Vec<Function> = functions.map(function).collect();
        functions.sort_unstable_by_key(|function| function.start);
        Ok(Some(Self { bias, functions, names }))
    }
}

/// How far from the addresses in the file the program was loaded: the kernel says where the program headers came
/// to lie (AT_PHDR), one of them (PT_PHDR) says where they were meant to.
fn bias(program: &File, header: &[u8]) -> io::Result<Option<u64>> {
    let auxiliary = fs::read("/proc/self/auxv")?;
    let loaded = auxiliary.chunks_exact(16).find(|entry| long(entry, 0) == 3).map(|entry| long(entry, 8));
    let segments = entries(program, long(header, 32), short(header, 54), short(header, 56))?;
    let meant = segments.iter().find(|segment| word(segment, 0) == 6).map(|segment| long(segment, 16));
    Ok(loaded.zip(meant).and_then(|(loaded, meant)| loaded.checked_sub(meant)))
}

fn entries(program: &File, offset: u64, size: u16, count: u16) -> io::Result<Vec<Vec<u8>>> {
    let all = bytes(program, offset, u64::from(size) * u64::from(count))?;
    Ok(all.chunks_exact(usize::from(size).max(1)).map(<[u8]>::to_vec).collect())
}

fn bytes(program: &File, offset: u64, count: u64) -> io::Result<Vec<u8>> {
    // A damaged file must not make us ask for all the memory there is.
    let count = count.min(program.metadata()?.len());
    let mut bytes = vec![0; usize::try_from(count).unwrap_or(0)];
    program.read_exact_at(&mut bytes, offset)?;
    Ok(bytes)
}

fn short(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes(bytes[at..at + 2].try_into().expect("two bytes"))
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

fn long(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"))
}
