terraform {
  # Locking by a file in the bucket of the state, without a table, is there since 1.10.
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
  }

  # terraform init -backend-config="bucket=…" -backend-config="region=…"
  backend "s3" {
    key          = "portalis/terraform.tfstate"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = {
      project     = var.name
      environment = var.environment
    }
  }
}
