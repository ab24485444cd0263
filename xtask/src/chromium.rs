//! Finds a Chromium to test in, or says exactly what to install.

use crate::{
    failure::{Context as _, Failure, Result},
    process::{command, find, output, run},
    project,
};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

const BROWSERS: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
];
const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// The browser: named by `CHROMIUM`, on the PATH, from Playwright's own downloads, or installed now where that is allowed.
pub fn browser() -> Result<PathBuf> {
    if let Some(named) = named_by("CHROMIUM")? {
        return Ok(named);
    }
    installed_browser().or_else(|| apt_install().and_then(|()| installed_browser())).ok_or_else(|| {
        Failure::new(
            "no Chromium was found: install one (Debian and Ubuntu: `apt-get install chromium chromium-driver`; anywhere: \
             `npx playwright-core install chromium`), or name one in the environment variable CHROMIUM",
        )
    })
}

/// The WebDriver for it, which tests inside the browser need: named by `CHROMEDRIVER` or on the PATH.
pub fn driver() -> Result<PathBuf> {
    if let Some(named) = named_by("CHROMEDRIVER")? {
        return Ok(named);
    }
    let found = || find(&["chromedriver", "chromium.chromedriver"]);
    found().or_else(|| apt_install().and_then(|()| found())).ok_or_else(|| {
        Failure::new(
            "no chromedriver was found: install the one that fits your Chromium (Debian and Ubuntu: `apt-get install chromium-driver`), \
             or name one in the environment variable CHROMEDRIVER",
        )
    })
}

/// Tells wasm-bindgen's test runner which browser to start; it reads the file from the project's folder.
pub fn write_webdriver_options(browser: &Path) -> Result {
    let browser = browser.to_string_lossy().replace('\\', "\\\\");
    let arguments = r#"["headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage"]"#;
    let options = format!(
        "{{\"goog:chromeOptions\": {{\"binary\": \"{browser}\", \"args\": {arguments}}}}}\n"
    );
    fs::write(project::root().join("webdriver.json"), options)
        .context("could not write `webdriver.json`")
}

fn named_by(variable: &str) -> Result<Option<PathBuf>> {
    match env::var_os(variable).map(PathBuf::from) {
        Some(path) if !path.is_file() => Err(Failure::new(format!(
            "{variable} names `{}`, which is no file",
            path.display()
        ))),
        named => Ok(named),
    }
}

fn installed_browser() -> Option<PathBuf> {
    let mac = || Some(PathBuf::from(MAC)).filter(|path| path.is_file());
    find(&BROWSERS).or_else(mac).or_else(playwrights)
}

fn playwrights() -> Option<PathBuf> {
    let script =
        "import('playwright-core').then(({ chromium }) => console.log(chromium.executablePath()))";
    output(command("node").args(["--input-type=module", "--eval", script]))
        .map(PathBuf::from)
        .filter(|path| path.is_file())
}

fn apt_install() -> Option<()> {
    let root = output(command("id").arg("-u")).is_some_and(|id| id == "0");
    if !root || find(&["apt-get"]).is_none() {
        return None;
    }
    println!("xtask: installing chromium and chromium-driver with apt-get (once; up to 2 minutes)");
    // The lists may be too old to be right, or a source of no use here unreachable; what counts is the installation.
    let _ = run(command("apt-get").args(["update", "--quiet"]));
    run(command("apt-get").args(["install", "--yes", "--quiet", "chromium", "chromium-driver"]))
        .ok()
}
