//! Chromium and the program that drives it.

use std::future::Future;
use std::io::{Write, stderr};
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Once;
use std::time::Duration;
use std::{env, fs};

use fantoccini::ClientBuilder;
use futures::FutureExt;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tempfile::TempDir;

use super::reader::Reader;
use crate::support::{Running, listening, root};

/// What axe is in, once `scripts/browser.sh` has run.
const AXE: &str = "book/tests/it/browser/node_modules/axe-core/axe.min.js";

/// Longer than any of these tests takes.
const PATIENCE: Duration = Duration::from_secs(300);

/// How Chromium is started. Without a network it would complain of what it cannot reach; as root, or in a container, it
/// has no sandbox. It sees no page but ours.
const ARGUMENTS: [&str; 10] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
];

/// A driver that runs, and axe.
pub struct Driver {
    port: u16,
    axe: String,
    _process: Running,
    /// What a browser writes goes with the test; the process before it.
    _scratch: TempDir,
}

impl Driver {
    /// Starts one; nothing where there is none, except in CI.
    pub fn start() -> Option<Self> {
        let axe = root().join(AXE);
        let Some((program, axe)) = driver().zip(fs::read_to_string(axe).ok()) else {
            let missing = "no browser for the book's tests: `scripts/browser.sh` installs Chromium, its driver and axe";
            assert!(env::var_os("CI").is_none(), "{missing}");
            // Past the capture of output: who skips a test should know.
            static ONCE: Once = Once::new();
            ONCE.call_once(|| drop(writeln!(stderr(), "SKIPPED: {missing}")));
            return None;
        };
        let scratch = tempfile::tempdir().expect("a folder can be made");
        let mut command = Command::new(program);
        command.args(["--port=0", "--log-level=SEVERE"]).env("TMPDIR", scratch.path());
        let (process, port) = listening(command, "started successfully on port ", ".");
        Some(Self { port, axe, _process: process, _scratch: scratch })
    }

    /// Opens a browser for a test and closes it, whatever becomes of the test.
    pub fn run(&self, address: &str, test: impl AsyncFnOnce(&Reader)) {
        let options = json!({
            "goog:chromeOptions": { "args": ARGUMENTS },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        });
        let serde_json::Value::Object(options) = options else { unreachable!("it is written as one") };
        let session = async {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(options);
            let client = builder.connect(&format!("http://localhost:{}", self.port)).await.expect("Chromium starts");
            let reader = Reader::new(client.clone(), address, &self.axe);
            let done = AssertUnwindSafe(within_patience(async {
                test(&reader).await;
                reader.expect_no_complaints().await;
            }));
            let done = done.catch_unwind().await;
            let _ = client.close().await;
            done
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("tokio starts");
        if let Err(panic) = runtime.block_on(session) {
            resume_unwind(panic);
        }
    }
}

async fn within_patience(test: impl Future<Output = ()>) {
    tokio::time::timeout(PATIENCE, test).await.expect("the browser answers in time");
}

/// Where the driver is.
fn driver() -> Option<PathBuf> {
    let name = if cfg!(windows) { "chromedriver.exe" } else { "chromedriver" };
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|path| path.is_file())
}
