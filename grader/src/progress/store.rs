//! The file.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::Key;
use crate::verdict::ExerciseOutcome;

/// The form of the file; another one is kept aside.
const VERSION: u32 = 1;
const NAME: &str = "progress.json";

/// What the file holds.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Store {
    version: u32,
    /// By the exercise's key: `01-worker-pools/worker-pool`.
    pub exercises: BTreeMap<String, Record>,
}

/// The last verdict of an exercise.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Record {
    /// What the verdict depends on.
    pub key: Key,
    /// The verdict and everything behind it.
    pub outcome: ExerciseOutcome,
}

/// Reads the file. What cannot be understood is kept aside under another name.
pub fn load(folder: &Path) -> (Store, Option<String>) {
    let path = folder.join(NAME);
    let Ok(bytes) = fs::read(&path) else { return (Store::default(), None) };
    match serde_json::from_slice::<Store>(&bytes) {
        Ok(store) if store.version == VERSION => (store, None),
        found => {
            let why = match found {
                Ok(store) => format!("it has version {}, this grader writes version {VERSION}", store.version),
                Err(error) => error.to_string(),
            };
            (Store::default(), Some(keep_aside(&path, &why)))
        }
    }
}

/// Adds news to what the file holds by now.
pub fn merge(folder: &Path, news: Vec<(String, Record)>) -> Result<()> {
    let cannot = || format!("cannot remember progress in {}", folder.display());
    fs::create_dir_all(folder).with_context(cannot)?;
    let lock = File::create(folder.join("lock")).with_context(cannot)?;
    lock.lock().with_context(cannot)?;
    let (mut store, _) = load(folder);
    store.version = VERSION;
    store.exercises.extend(news);
    let written = folder.join(format!("{NAME}.{}", std::process::id()));
    fs::write(&written, serde_json::to_vec(&store)?).with_context(cannot)?;
    fs::rename(&written, folder.join(NAME)).with_context(cannot)
}

/// Moves a file out of the way under a name that is not taken.
fn keep_aside(path: &Path, why: &str) -> String {
    let free = (1..).map(|n| path.with_extension(format!("json.old-{n}"))).find(|aside| !aside.exists());
    let aside = free.unwrap_or_else(|| path.with_extension("json.old"));
    let what = format!("the progress file {} cannot be understood ({why})", path.display());
    match fs::rename(path, &aside) {
        Ok(()) => format!("{what}; it was kept as {} and a new one is begun", aside.display()),
        Err(error) => format!("{what} nor moved aside ({error}); nothing is remembered until it is removed"),
    }
}
