//! The file.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::{Journey, Key, News};
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
    /// How the learner got along, by the same key.
    #[serde(default)]
    pub journeys: BTreeMap<String, Journey>,
    /// The exercise that was worked on last, by its key.
    #[serde(default)]
    pub current: Option<String>,
    /// The loop has explained itself.
    #[serde(default)]
    pub welcomed: bool,
}

impl Store {
    /// Takes in what happened.
    pub fn take_in(&mut self, news: &News) {
        match news {
            News::Judged(exercise, record) => drop(self.exercises.insert(exercise.clone(), (**record).clone())),
            News::Step(exercise, step) => self.journeys.entry(exercise.clone()).or_default().go(step),
            News::At(exercise) => self.current = Some(exercise.clone()),
            News::Welcomed => self.welcomed = true,
        }
    }
}

/// The last verdict of an exercise.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Record {
    /// What the verdict depends on.
    pub key: Key,
    /// The verdict and everything behind it.
    pub outcome: ExerciseOutcome,
}

/// The part of the file that every version has.
#[derive(Deserialize)]
struct Version {
    version: u32,
}

/// Reads the file. What cannot be understood is kept aside under another name, and said so.
pub fn load(folder: &Path) -> (Store, Option<String>) {
    if let Ok(store) = read(folder) {
        return (store, None);
    }
    // Another grader may have put a good file in its place by now, or may be about to.
    let _lock = lock(folder);
    read(folder)
        .map_or_else(|why| (Store::default(), Some(keep_aside(&folder.join(NAME), &why))), |store| (store, None))
}

/// Adds news to what the file holds by now.
pub fn merge(folder: &Path, news: &[News]) -> Result<()> {
    let cannot = || format!("cannot remember progress in {}", folder.display());
    fs::create_dir_all(folder).with_context(cannot)?;
    let _lock = lock(folder).with_context(cannot)?;
    let path = folder.join(NAME);
    let mut store = read(folder).unwrap_or_else(|why| {
        keep_aside(&path, &why);
        Store::default()
    });
    store.version = VERSION;
    news.iter().for_each(|news| store.take_in(news));
    let written = folder.join(format!("{NAME}.{}", std::process::id()));
    fs::write(&written, serde_json::to_vec(&store)?).with_context(cannot)?;
    fs::rename(&written, path).with_context(cannot)
}

/// Keeps other graders away for as long as the value lives.
fn lock(folder: &Path) -> std::io::Result<File> {
    let lock = File::create(folder.join("lock"))?;
    lock.lock()?;
    Ok(lock)
}

/// What the file holds; nothing, if there is none. Otherwise, why it cannot be understood.
fn read(folder: &Path) -> Result<Store, String> {
    let bytes = match fs::read(folder.join(NAME)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Store::default()),
        Err(error) => return Err(error.to_string()),
    };
    let Version { version } = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    if version != VERSION {
        return Err(format!("it has version {version}, this grader writes version {VERSION}"));
    }
    serde_json::from_slice(&bytes).map_err(|error| error.to_string())
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::thread;

    use super::{NAME, News, Record, load, merge};
    use crate::catalog::scratch::Scratch;
    use crate::progress::Key;
    use crate::verdict::not_started;

    fn record(exercise: &str) -> Vec<News> {
        let record = Record { key: Key::never(), outcome: not_started() };
        vec![News::Judged(exercise.to_owned(), Box::new(record))]
    }

    fn names(scratch: &Scratch) -> Vec<String> {
        let (store, warning) = load(scratch.path());
        assert_eq!(warning, None);
        store.exercises.into_keys().collect()
    }

    /// The files in the folder, the lock aside.
    fn files(scratch: &Scratch) -> Vec<String> {
        let entries = scratch.path().read_dir().expect("the folder can be listed");
        let names = entries.map(|entry| entry.expect("it can be listed").file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.filter(|name| name != "lock").collect();
        names.sort();
        names
    }

    #[test]
    fn without_a_file_nothing_is_remembered_and_nothing_is_wrong() {
        let scratch = Scratch::new();
        assert!(names(&scratch).is_empty());
        assert!(load(&scratch.path().join("absent")).1.is_none());
    }

    #[test]
    fn what_is_written_is_read_and_no_other_file_stays() {
        let scratch = Scratch::new();
        merge(scratch.path(), &record("b")).expect("it can be written");
        merge(scratch.path(), &record("a")).expect("it can be written");
        assert_eq!(names(&scratch), ["a", "b"]);
        assert_eq!(files(&scratch), [NAME]);
    }

    #[test]
    fn of_many_graders_at_once_none_loses_its_news() {
        let scratch = Scratch::new();
        let write = |number: usize| merge(scratch.path(), &record(&format!("{number:02}")));
        // Threads have one process id, so the lock alone keeps their temporary files apart.
        thread::scope(|scope| {
            for number in 0..16 {
                scope.spawn(move || write(number).expect("it can be written"));
            }
        });
        assert_eq!(names(&scratch), (0..16).map(|number| format!("{number:02}")).collect::<Vec<_>>());
    }

    #[test]
    fn a_damaged_file_is_kept_aside_and_a_new_one_begun() {
        let scratch = Scratch::new();
        for (round, damaged) in ["", "{", "[]", "{\"version\":1}", "\u{0}\u{0}"].iter().enumerate() {
            scratch.write(NAME, damaged);
            let (store, warning) = load(scratch.path());
            assert!(store.exercises.is_empty());
            let aside = format!("{NAME}.old-{}", round + 1);
            assert!(warning.expect("a warning").contains(&aside));
            assert_eq!(fs::read_to_string(scratch.path().join(aside)).expect("it was kept"), *damaged);
        }
        merge(scratch.path(), &record("a")).expect("it can be written");
        assert_eq!(names(&scratch), ["a"]);
    }

    #[test]
    fn a_file_of_another_version_is_kept_aside_and_says_its_version() {
        let scratch = Scratch::new();
        scratch.write(NAME, "{\"version\":2,\"verdicts\":[]}");
        let warning = load(scratch.path()).1.expect("a warning");
        assert!(warning.contains("it has version 2, this grader writes version 1"), "{warning}");
        assert_eq!(files(&scratch), [format!("{NAME}.old-1")]);
    }

    #[test]
    fn a_file_that_was_damaged_in_the_meantime_is_kept_aside_by_the_writer() {
        let scratch = Scratch::new();
        scratch.write(NAME, "half of it");
        merge(scratch.path(), &record("a")).expect("it can be written");
        assert_eq!(names(&scratch), ["a"]);
        assert_eq!(files(&scratch), [NAME.to_owned(), format!("{NAME}.old-1")]);
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let scratch = Scratch::new();
        let blocked = scratch.write("file", "").join("inside");
        let error = merge(&blocked, &record("a")).expect_err("a file is in the way");
        assert!(format!("{error:#}").contains(&blocked.display().to_string()));
    }
}
