//! Findings about what a statement's resources look like.

use crate::policy::arn_pattern::{ArnPattern, BadArn};
use crate::policy::document::{Element, Strings};

use super::Check;

impl Check {
    pub(super) fn resources(&mut self, element: &Element<Strings>, is_not: bool) {
        self.not_empty(element, if is_not { "NotResource" } else { "Resource" });
        for resource in &element.value.values {
            let written = &resource.value;
            let Err(bad) = ArnPattern::resource(written, self.variables) else {
                self.variable_without_version(resource);
                self.variable_names(resource);
                if self.looks_closer {
                    self.arn(written, resource.span);
                }
                continue;
            };
            let (code, help) = match bad {
                BadArn::Variable(bad) => (bad.code(), "a variable has the form `${aws:username}`"),
                BadArn::Prefix | BadArn::Parts => (
                    "invalid-resource",
                    "write `*` or `arn:partition:service:region:account-id:resource`",
                ),
                BadArn::ServiceWildcard => (
                    "resource-service-wildcard",
                    "write the service in full, or `*` for every resource",
                ),
                BadArn::EarlyVariable => (
                    "variable-in-arn",
                    "variables may stand behind the ARN's fifth colon only",
                ),
            };
            self.error(
                resource.span,
                code,
                format!("`{written}`: {}", bad.phrase()),
                help,
            );
        }
        self.redundant_resources(&element.value.values);
    }
}
