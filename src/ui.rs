//! Leptos: pages, views of labs, components, browser adapters. Holds no rule: it asks, it draws.
