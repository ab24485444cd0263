//! The simulated cloud. Everything goes through `Cloud::dispatch`.
