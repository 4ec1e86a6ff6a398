//! The bench's own manifest, lock file and Cargo configuration.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::World;
use crate::catalog::Workbook;

/// What learners may use in an exercise; equal to the first block of the root's `[workspace.dependencies]`.
const DEPENDENCIES: &str = r#"anyhow = "1.0.104"
futures = "0.3.34"
tokio = { version = "1.54.1", features = ["full"] }
tokio-stream = { version = "0.1.19", features = ["full"] }
tokio-util = { version = "0.7.20", features = ["full"] }
"#;

/// Flags go under a `target` key: that merges with a user's settings, where `build.rustflags` would lose to them.
const CONFIGURATION: &str = "[target.'cfg(all())']\nrustflags = [\"--cfg\", \"tokio_unstable\"]\n";

/// A profile of our own, because a user's configuration may change `dev`; whatever could change a verdict is
/// stated. Line tables give the places in deadlocks and panics; the dependencies' would double the build and are
/// never shown.
const PROFILES: &str = r#"[profile.graded]
inherits = "dev"
opt-level = 0
debug = "line-tables-only"
strip = "none"
debug-assertions = true
overflow-checks = true
lto = false
incremental = false
panic = "unwind"

[profile.graded.package."*"]
opt-level = 1
debug = false
"#;

/// What of [`DEPENDENCIES`] works in the model as it is: it has no threads, locks or clocks of its own that matter.
const MODELLED: [&str; 2] = ["anyhow", "futures"];

/// The search is as fast as these are.
const MODEL_PROFILES: &str = r#"
[profile.graded.package.corosensei]
opt-level = 3

[profile.graded.package.interleave]
opt-level = 3

[profile.graded.package.std-model]
opt-level = 3
"#;

/// Everything a verdict may depend on in the bench's set-up.
pub fn options() -> String {
    [DEPENDENCIES, CONFIGURATION, PROFILES, MODEL_PROFILES].concat()
}

/// Writes what is missing or different.
pub fn write(workbook: &Workbook, folder: &Path) -> Result<()> {
    let model = World::Model.folder(folder);
    for folder in [folder, &model] {
        fs::create_dir_all(folder.join("src/bin")).with_context(|| super::cannot_write(folder))?;
    }
    fs::create_dir_all(folder.join(".cargo")).with_context(|| super::cannot_write(folder))?;
    write_if_different(&folder.join(".cargo/config.toml"), CONFIGURATION)?;
    let lab = lab(workbook)?;
    let manifest = format!(
        "# Written by the grader.\n[workspace]\nresolver = \"3\"\nmembers = [\"model\"]\n\n{}{DEPENDENCIES}{lab}\n\
         {PROFILES}{MODEL_PROFILES}",
        package(World::Real),
    );
    write_if_different(&folder.join("Cargo.toml"), &manifest)?;
    let modelled: String = DEPENDENCIES
        .lines()
        .filter(|line| MODELLED.iter().any(|name| line.starts_with(name)))
        .map(|it| format!("{it}\n"))
        .collect();
    let manifest = format!(
        "# Written by the grader.\n{}{modelled}model = {{ package = \"model-lab\", path = {} }}\n\
         std = {{ package = \"std-model\", path = {} }}\n{lab}",
        package(World::Model),
        path(workbook, "grader/model/lab")?,
        path(workbook, "grader/model/std")?,
    );
    write_if_different(&model.join("Cargo.toml"), &manifest)?;
    // Cargo refuses a package without a target, also while none of its programs is asked for.
    write_if_different(&model.join("src/bin/none.rs"), "fn main() {}\n")?;
    copy_lock_file(&workbook.root.join("Cargo.lock"), folder)
}

/// The head of a package's manifest, up to where its dependencies begin.
fn package(world: World) -> String {
    format!(
        "[package]\nname = {:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\nbuild = false\n\n[dependencies]\n",
        world.package()
    )
}

/// The lab among the dependencies, which it ends.
fn lab(workbook: &Workbook) -> Result<String> {
    let lab = path(workbook, "grader/lab")?;
    Ok(format!(
        "lab = {{ path = {lab} }}\n\n\
         # Where tasks wait: tokio refuses to compile this anywhere else.\n\
         [target.'cfg(all(target_os = \"linux\", any(target_arch = \"x86_64\", target_arch = \"aarch64\")))'.dependencies]\n\
         lab = {{ path = {lab}, features = [\"taskdump\"] }}\n"
    ))
}

/// A folder of the workbook as a TOML string.
fn path(workbook: &Workbook, folder: &str) -> Result<String> {
    let folder = workbook.root.join(folder);
    let text = folder.to_str().context("the workbook's path is not Unicode text: move the folder")?;
    Ok(format!("{text:?}"))
}

/// The versions are the workspace's. Cargo removes what the bench does not need, so a copy of the original is
/// kept to see when it changes.
fn copy_lock_file(original: &Path, folder: &Path) -> Result<()> {
    let text = fs::read_to_string(original)
        .with_context(|| format!("cannot read {}: is the clone complete?", original.display()))?;
    let copied = folder.join("Cargo.lock.copied");
    if fs::read_to_string(&copied).is_ok_and(|there| there == text) && folder.join("Cargo.lock").is_file() {
        return Ok(());
    }
    write_if_different(&folder.join("Cargo.lock"), &text)?;
    write_if_different(&copied, &text)
}

fn write_if_different(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    fs::write(path, text).with_context(|| super::cannot_write(path))
}

#[cfg(test)]
mod tests {
    use super::DEPENDENCIES;

    #[test]
    fn the_bench_offers_what_the_workspace_states() {
        let root = include_str!("../../../Cargo.toml");
        let block = root.split("[workspace.dependencies]\n").nth(1).and_then(|rest| rest.split("\n\n").next());
        assert_eq!(block.map(str::trim), Some(DEPENDENCIES.trim()));
    }
}
