//! Leptos: pages, views of labs, components, browser adapters. Holds no rule: it asks, it draws.

mod app;
pub mod browser;
mod call;
mod chip;
mod controls;
mod editor;
mod keys;
mod lab;
mod library;
mod notices;
mod pages;
mod program;
mod question;
mod settings;
mod study;
mod task;
mod text;
mod until;

pub use pages::{of_labs, of_study};
pub use program::run;
