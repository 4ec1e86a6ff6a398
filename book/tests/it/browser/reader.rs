//! A browser window, and what a reader does in it.

use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, Locator};
use hyper::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

/// Longer than a page takes to do what it was asked for.
const PATIENCE: Duration = Duration::from_secs(20);

/// A window.
pub struct Reader {
    client: Client,
    address: String,
    axe: String,
}

impl Reader {
    /// A window that will show the book at this address.
    pub fn new(client: Client, address: &str, axe: &str) -> Self {
        Self { client, address: address.to_owned(), axe: axe.to_owned() }
    }

    /// Opens a page: `01-worker-pools.html`.
    pub async fn open(&self, page: &str) {
        let address = format!("{}{page}", self.address);
        self.client.goto(&address).await.unwrap_or_else(|error| panic!("cannot open {address}: {error}"));
    }

    /// The page it is on, with its anchor: `01-worker-pools.html#quiz`.
    pub async fn page(&self) -> String {
        let url = self.client.current_url().await.expect("it is somewhere");
        url.as_str().strip_prefix(&self.address).unwrap_or(url.as_str()).to_owned()
    }

    /// The element, as soon as there is one.
    pub async fn find(&self, css: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        found.unwrap_or_else(|error| panic!("there is no {css}: {error}"))
    }

    /// Clicks, as soon as that can be done.
    pub async fn click(&self, css: &str) {
        let element = self.find(css).await;
        element.click().await.unwrap_or_else(|error| panic!("cannot click on {css}: {error}"));
    }

    /// Presses keys while the element has the focus, which it must be able to have.
    pub async fn press(&self, css: &str, keys: &[Key]) {
        let keys: String = keys.iter().copied().map(char::from).collect();
        let element = self.find(css).await;
        element.send_keys(&keys).await.unwrap_or_else(|error| panic!("cannot press keys in {css}: {error}"));
    }

    /// Presses keys wherever the focus is.
    pub async fn press_here(&self, keys: &str) {
        let focused = self.client.active_element().await.expect("something has the focus");
        focused.send_keys(keys).await.unwrap_or_else(|error| panic!("cannot press keys: {error}"));
    }

    /// The text of an element, as it can be seen.
    pub async fn text(&self, css: &str) -> String {
        self.find(css).await.text().await.unwrap_or_else(|error| panic!("cannot read {css}: {error}"))
    }

    /// What a JavaScript expression is.
    pub async fn value(&self, expression: &str) -> Value {
        let value = self.client.execute(&format!("return {expression};"), Vec::new()).await;
        value.unwrap_or_else(|error| panic!("cannot evaluate {expression}: {error}"))
    }

    /// Waits until a JavaScript expression is true.
    pub async fn until(&self, expression: &str) {
        let begun = Instant::now();
        while self.value(expression).await != json!(true) {
            assert!(begun.elapsed() < PATIENCE, "never: {expression}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// What axe finds wrong, a line each; and how many rules it went through.
    pub async fn axe(&self) -> (Vec<String>, u64) {
        self.client.execute(&self.axe, Vec::new()).await.expect("axe can be loaded");
        let script = "
            const done = arguments[arguments.length - 1];
            const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
            axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }).then(
                (found) => done([found.violations.flatMap((rule) => rule.nodes.map((node) =>
                    `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary.replaceAll('\\n', ' ')}`)),
                    found.passes.length]),
                (error) => done([[`axe failed: ${error}`], 0]));";
        let found = self.client.execute_async(script, Vec::new()).await.expect("axe answers");
        serde_json::from_value(found).expect("it is a list and a number")
    }

    /// Fails if axe finds anything wrong with the page as it is now.
    pub async fn expect_accessible(&self, what: &str) {
        let (violations, _) = self.axe().await;
        assert!(violations.is_empty(), "{what}: {violations:#?}");
    }

    /// What the reader's system prefers: `prefers-color-scheme` to be `dark`.
    pub async fn prefer(&self, feature: &str, value: &str) {
        let features = json!([{ "name": feature, "value": value }]);
        self.command("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Shows pages as they are printed.
    pub async fn as_printed(&self) {
        self.command("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
    }

    /// Gives the window another width.
    pub async fn width(&self, width: u32) {
        let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.command("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Runs no scripts of pages that are opened from now on.
    pub async fn without_scripts(&self) {
        self.command("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
    }

    /// Keeps nothing from page to page, as on a first visit.
    pub async fn forget(&self) {
        self.command("Network.clearBrowserCache", json!({})).await;
    }

    /// Fails if a page has written an error to the console, or asked anybody but the book for something.
    pub async fn expect_no_complaints(&self) {
        let entries = |log: Value| log.as_array().cloned().unwrap_or_default();
        let said = entries(self.issue("se/log", json!({ "type": "browser" })).await);
        let errors: Vec<&Value> = said.iter().filter(|entry| entry["level"] == "SEVERE").collect();
        assert!(errors.is_empty(), "errors on the console: {errors:#?}");

        let events = entries(self.issue("se/log", json!({ "type": "performance" })).await);
        let messages = events.iter().filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok());
        let requests = messages.filter(|message| message["message"]["method"] == "Network.requestWillBeSent");
        let asked: Vec<String> = requests
            .filter_map(|message| Some(message["message"]["params"]["request"]["url"].as_str()?.to_owned()))
            .collect();
        assert!(asked.iter().any(|url| url.starts_with(&self.address)), "nothing was asked for: is the log kept?");
        let own =
            |url: &String| url.starts_with(&self.address) || ["data:", "about:"].iter().any(|it| url.starts_with(it));
        let foreign: Vec<&String> = asked.iter().filter(|url| !own(url)).collect();
        assert!(foreign.is_empty(), "asked elsewhere: {foreign:?}");
    }

    /// A command of the DevTools protocol.
    async fn command(&self, name: &str, parameters: Value) {
        self.issue("goog/cdp/execute", json!({ "cmd": name, "params": parameters })).await;
    }

    async fn issue(&self, path: &'static str, body: Value) -> Value {
        let answer: Result<Value, CmdError> = self.client.issue_cmd(Extension { path, body }).await;
        answer.unwrap_or_else(|error| panic!("the driver refuses {path}: {error}"))
    }
}

/// A command of this driver's own, beyond the standard.
#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
