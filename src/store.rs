//! What must outlive the tab, behind a small trait.
