//! Back to the stub, without losing anything.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::catalog::{Exercise, Workbook};

/// What became of the learner's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reset {
    /// There was nothing to take back.
    Untouched,
    /// It is kept here.
    Kept(PathBuf),
    /// There was no file.
    WasMissing,
}

/// Makes the file what it was at first. Whatever it holds is kept under a name of its own before that.
///
/// # Errors
///
/// If the copy or the file cannot be written; the file is as it was then.
pub fn reset(workbook: &Workbook, exercise: &Exercise) -> Result<Reset> {
    let Some(folder) = &workbook.progress else { bail!("only your own exercises can be reset") };
    let (stub, file) = (exercise.stub(), &exercise.file);
    let stub = fs::read(&stub).with_context(|| format!("cannot read the stub {}", stub.display()))?;
    let own = match fs::read(file) {
        Ok(own) => Some(own),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", file.display())),
    };
    if own.as_ref() == Some(&stub) {
        return Ok(Reset::Untouched);
    }
    let kept = own.as_ref().map(|own| keep(&folder.join("kept"), &exercise.module, own)).transpose()?;
    // An editor that looks at the wrong moment sees the old text or the new one.
    let written = file.with_extension("rs.new");
    let folder = file.parent().unwrap_or(Path::new(""));
    let cannot = || format!("cannot write {}", file.display());
    fs::create_dir_all(folder).with_context(cannot)?;
    fs::write(&written, stub).and_then(|()| fs::rename(&written, file)).with_context(cannot)?;
    Ok(kept.map_or(Reset::WasMissing, Reset::Kept))
}

/// Writes a copy that replaces no other.
fn keep(folder: &Path, module: &str, text: &[u8]) -> Result<PathBuf> {
    let cannot = || format!("cannot keep a copy in {}, so nothing is reset", folder.display());
    fs::create_dir_all(folder).with_context(cannot)?;
    let mut number = 1;
    loop {
        let path = folder.join(format!("{module}-{number}.rs"));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => {
                file.write_all(text).and_then(|()| file.sync_all()).with_context(cannot)?;
                return Ok(path);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error).with_context(cannot),
        }
    }
}
