//! The editor's program: what npm holds of CodeMirror and `src/web/editor/`, as one file.

use crate::{
    failure::{Failure, Result},
    process::{command, run as run_command},
};
use std::path::Path;

/// Leaves `editor.js` in `folder`.
pub fn bundle(folder: &Path) -> Result {
    let mut node = command("node");
    node.arg("src/web/editor/bundle.mjs").arg(folder);
    run_command(&mut node).map_err(|failure| {
        Failure::new(format!(
            "{failure}: the editor could not be bundled; the reason stands above (`cargo xtask setup` installs what it is made of)"
        ))
    })
}
