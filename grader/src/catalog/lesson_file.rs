//! `lesson.toml`: order, titles and levels of one lesson.

use std::fs;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::{Exercise, Lesson, Workbook};

/// The file's name.
pub const NAME: &str = "lesson.toml";

/// How hard an exercise is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8")]
pub enum Level {
    /// ● at most 20 lines.
    WarmUp,
    /// ●● 20 to 40 lines.
    Core,
    /// ●●● 40 to 65 lines.
    Stretch,
}

impl TryFrom<u8> for Level {
    type Error = String;

    fn try_from(level: u8) -> Result<Self, String> {
        match level {
            1 => Ok(Self::WarmUp),
            2 => Ok(Self::Core),
            3 => Ok(Self::Stretch),
            _ => Err(format!("level {level}: levels are 1, 2 and 3")),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LessonFile {
    title: String,
    #[serde(default)]
    exercise: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    slug: String,
    level: Level,
    task: String,
    /// The title in the original lesson, for the six exercises that come from it. For people who read the file.
    #[serde(default, rename = "origin")]
    _origin: Option<String>,
}

/// Reads one lesson.
pub fn load(workbook: &Workbook, slug: String) -> Result<Lesson> {
    let folder = workbook.hidden.join(&slug);
    let path = folder.join(NAME);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let file: LessonFile = toml::from_str(&text).with_context(|| format!("cannot understand {}", path.display()))?;
    let exercises = file.exercise.into_iter().map(|entry| {
        let module = entry.slug.replace('-', "_");
        Exercise {
            lesson: slug.clone(),
            level: entry.level,
            task: entry.task,
            file: workbook.exercises.join(&slug).join("src").join(&module).with_extension("rs"),
            hidden: folder.join(&module),
            slug: entry.slug,
            module,
        }
    });
    Ok(Lesson { title: file.title, exercises: exercises.collect(), slug })
}
