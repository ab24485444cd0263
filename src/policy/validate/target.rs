//! Findings about actions and resources that do not go together.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>

use std::collections::{HashMap, HashSet};

use crate::policy::arn_pattern::ArnPattern;
use crate::policy::catalogue::ArnFormat;
use crate::policy::document::{Spanned, Statement};
use crate::policy::kind::PolicyType;

use super::Check;
use super::arn::usual;
use super::reach::{Asked, Reach};

impl Check {
    pub(super) fn targets(&mut self, statement: &Statement, reach: &Reach<'_>) {
        let Some(element) = &statement.resource else {
            return;
        };
        let resources = &element.value.values;
        let is_sound = |resource: &Spanned<String>| {
            ArnPattern::resource(&resource.value, self.variables).is_ok()
                && !self.is_found_at(resource.span)
        };
        let is_sound = resources.iter().all(is_sound) && element.value.illegal.is_empty();
        let has_star = resources.iter().any(|resource| resource.value == "*");
        if !is_sound || has_star || resources.is_empty() || self.kind == PolicyType::Key {
            return;
        }
        let met = Met::of(reach, resources);
        for asked in &reach.asked {
            self.target(asked, resources, &met);
        }
        // Where no resource is used, every action has been found already.
        if reach.is_complete && !met.forms.is_empty() {
            for unused in met.unused {
                self.suggestion(
                    unused.span,
                    "unused-resource",
                    format!(
                        "none of the statement's actions works on `{}`",
                        unused.value
                    ),
                    "remove it, or add the action that was meant for it",
                );
            }
        }
    }

    fn target(&mut self, asked: &Asked<'_>, resources: &[Spanned<String>], met: &Met<'_>) {
        let written = &asked.written.value;
        let is_of_s3 = written.to_ascii_lowercase().starts_with("s3:");
        if asked
            .actions
            .iter()
            .all(|action| action.resource_types.is_empty())
        {
            // AWS's own examples list buckets on all of them, and S3 takes it so.
            if resources.iter().any(|one| one.value == "arn:aws:s3:::*") && is_of_s3 {
                return;
            }
            return self.warning(
                asked.written.span,
                "action-needs-star",
                format!("`{written}` works on no single resource, so it is never asked for on the ones listed"),
                "give it a statement of its own with `\"Resource\": \"*\"`",
            );
        }
        if forms(asked).any(|form| met.forms.contains(form.as_str())) {
            return;
        }
        let works_on = |name: &str| {
            let mut actions = asked.actions.iter();
            is_of_s3 && actions.any(|action| action.resource_types.contains(&name))
        };
        if works_on("bucket") && resources.iter().all(|resource| is_object(&resource.value)) {
            self.warning(
                asked.written.span,
                "bucket-action-on-object",
                format!("`{written}` works on a bucket, and only objects are listed"),
                "add the bucket's own ARN, without a slash: `arn:aws:s3:::bucket`",
            );
        } else if works_on("object") && !resources.iter().any(|resource| is_object(&resource.value))
        {
            self.warning(
                asked.written.span,
                "object-action-on-bucket",
                format!("`{written}` works on objects, and only a bucket is listed"),
                "add the objects' ARN: `arn:aws:s3:::bucket/*`",
            );
        } else {
            let form = forms(asked).next();
            let help = form.map_or_else(String::new, |form| format!("it works on `{form}`"));
            self.warning(
                asked.written.span,
                "resource-mismatch",
                format!("`{written}` works on none of the resources listed"),
                &help,
            );
        }
    }
}

/// Which of the forms that the actions work on are listed.
struct Met<'a> {
    forms: HashSet<&'static str>,
    /// The resources that have none of the forms.
    unused: Vec<&'a Spanned<String>>,
}

impl<'a> Met<'a> {
    fn of(reach: &Reach<'_>, resources: &'a [Spanned<String>]) -> Self {
        let wanted: HashMap<&str, ArnFormat> = reach
            .asked
            .iter()
            .flat_map(forms)
            .map(|form| (form.as_str(), *form))
            .collect();
        let mut met = Self {
            forms: HashSet::new(),
            unused: Vec::new(),
        };
        for resource in resources {
            let arn = usual(&resource.value);
            let fits = |form: &&ArnFormat| form.can_match(&arn);
            let mut is_used = false;
            for form in wanted.values().filter(fits) {
                is_used = true;
                met.forms.insert(form.as_str());
            }
            if !is_used {
                met.unused.push(resource);
            }
        }
        met
    }
}

/// The forms of everything that an action works on.
fn forms<'a>(asked: &'a Asked<'_>) -> impl Iterator<Item = &'static ArnFormat> + 'a {
    asked.actions.iter().flat_map(|action| action.arns())
}

/// Whether an ARN of S3 means objects only.
fn is_object(arn: &str) -> bool {
    arn.splitn(6, ':')
        .nth(5)
        .is_some_and(|resource| resource.contains('/') && !resource.starts_with('*'))
}
