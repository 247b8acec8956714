mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_secretsmanager_random_password" {
    defaults = { random_password = "0123456789abcdef0123456789abcdef" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:us-east-1:123456789012:key/one" }
  }
  mock_resource "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:one" }
  }
  mock_resource "aws_secretsmanager_secret_version" {
    defaults = { secret_string = "0123456789abcdef0123456789abcdef" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:one" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/one" }
  }
}

variables {
  environment = "prod"
}

run "all_of_it" {
  assert {
    condition     = output.cluster_name == "portalis-prod"
    error_message = "the name of the cluster"
  }
  assert {
    condition     = length(output.private_subnet_ids) == 3 && length(output.public_subnet_ids) == 3
    error_message = "a subnet of each kind in each zone"
  }
  assert {
    condition     = keys(output.s3_buckets) == ["cache", "models", "results"]
    error_message = "three buckets"
  }
  assert {
    condition     = output.head_instance_profile != output.worker_instance_profile
    error_message = "head and workers have roles of their own"
  }
}

run "an_environment_that_is_none" {
  command = plan
  variables { environment = "production" }
  expect_failures = [var.environment]
}

run "addresses_that_are_none" {
  command = plan
  variables { vpc_cidr = "10.0.0.0/24" }
  expect_failures = [var.vpc_cidr]
}

run "zones_of_another_region" {
  command = plan
  variables { region = "eu-west-1" }
  expect_failures = [var.zones]
}

run "redis_without_a_replica" {
  command = plan
  variables { redis_nodes = 1 }
  expect_failures = [var.redis_nodes]
}

run "no_budget" {
  command = plan
  variables { monthly_budget_usd = 0 }
  expect_failures = [var.monthly_budget_usd]
}

run "an_address_that_is_none" {
  command = plan
  variables { alert_emails = ["nobody"] }
  expect_failures = [var.alert_emails]
}
