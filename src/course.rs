//! Markdown in; lessons, sheets, questions and dated facts out. Every error has its place.
