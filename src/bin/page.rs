//! The page: one small wasm module.

fn main() {
    cipherdeck::ui::mount();
}
