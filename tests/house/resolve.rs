//! Follows a written path to the rooms it passes through.

use crate::source::{House, ModulePath};

/// How many renames and re-exports are followed before a circle is suspected.
const MOST_STEPS: u32 = 32;

/// Where a path leads.
#[derive(Debug, PartialEq, Eq)]
pub enum Place {
    /// Into a room of the house, or to an item of the root.
    Room(String),
    /// Into another crate, with the path in it.
    Outside(Vec<String>),
}

/// Every place that `path`, written in `module`, passes through: a re-export passes through two.
pub fn resolve(house: &House, module: &ModulePath, path: &[String]) -> Vec<Place> {
    let mut places = Vec::new();
    follow(house, module, path, &mut places, MOST_STEPS);
    places
}

fn follow(
    house: &House,
    module: &ModulePath,
    path: &[String],
    places: &mut Vec<Place>,
    steps: u32,
) {
    let Some((first, rest)) = path.split_first() else {
        return;
    };
    if steps == 0 {
        return;
    }
    match first.as_str() {
        "crate" | "cipherdeck" | "$crate" => descend(house, &Vec::new(), rest, places, steps),
        "self" => descend(house, module, rest, places, steps),
        "super" => {
            let parent = module
                .split_last()
                .map_or_else(Vec::new, |(_, parent)| parent.to_vec());
            climb(house, &parent, rest, places, steps);
        }
        _ if knows(house, module, first, steps) => descend(house, module, path, places, steps),
        _ => places.push(Place::Outside(path.to_vec())),
    }
}

fn climb(house: &House, module: &ModulePath, path: &[String], places: &mut Vec<Place>, steps: u32) {
    if path.first().is_some_and(|first| first == "super") {
        follow(house, module, path, places, steps - 1);
    } else {
        descend(house, module, path, places, steps);
    }
}

/// From `module` downwards, through what it holds and what it re-exports.
fn descend(
    house: &House,
    module: &ModulePath,
    path: &[String],
    places: &mut Vec<Place>,
    steps: u32,
) {
    if let Some(room) = module.first() {
        let place = Place::Room(room.clone());
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let (Some((first, rest)), Some(here)) = (path.split_first(), house.modules.get(module)) else {
        return;
    };
    if steps == 0 {
        return;
    }
    let child = [module.as_slice(), std::slice::from_ref(first)].concat();
    if house.modules.contains_key(&child) {
        descend(house, &child, rest, places, steps - 1);
    } else if let Some(import) = here.imports.get(first) {
        let target = [import.as_slice(), rest].concat();
        // `use web_sys::window` names a crate that has the import's own first name nowhere in scope.
        if import.first() == Some(first) {
            places.push(Place::Outside(target));
        } else {
            follow(house, module, &target, places, steps - 1);
        }
    } else if !here.items.contains(first) {
        for glob in &here.globs {
            if let Some(target) = module_at(house, module, glob, steps - 1)
                .filter(|target| target != module && knows(house, target, first, steps - 1))
            {
                descend(house, &target, path, places, steps - 1);
            }
        }
    }
}

/// Whether `name` means something in `module`.
fn knows(house: &House, module: &ModulePath, name: &String, steps: u32) -> bool {
    let Some(here) = house.modules.get(module) else {
        return false;
    };
    let child = [module.as_slice(), std::slice::from_ref(name)].concat();
    let by_itself = house.modules.contains_key(&child)
        || here.imports.contains_key(name)
        || here.items.contains(name);
    by_itself
        || steps > 0
            && here.globs.iter().any(|glob| {
                module_at(house, module, glob, steps - 1).is_some_and(|target| {
                    target != *module && knows(house, &target, name, steps - 1)
                })
            })
}

/// The module that `path`, written in `module`, names.
fn module_at(
    house: &House,
    module: &ModulePath,
    path: &[String],
    steps: u32,
) -> Option<ModulePath> {
    let mut at = module.clone();
    for (index, name) in path.iter().enumerate() {
        let child = [at.as_slice(), std::slice::from_ref(name)].concat();
        match name.as_str() {
            "crate" | "cipherdeck" if index == 0 => at = Vec::new(),
            "self" if index == 0 => {}
            "super" => {
                at.pop()?;
            }
            _ if house.modules.contains_key(&child) => at = child,
            _ => {
                let import = house.modules.get(&at)?.imports.get(name)?;
                if steps == 0 || import.first() == Some(name) {
                    return None;
                }
                at = module_at(house, &at, import, steps - 1)?;
            }
        }
    }
    Some(at)
}
