data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  cluster = "${var.name}-${var.environment}"
  account = data.aws_caller_identity.current.account_id
  buckets = {
    models  = { expire_days = null, keep_versions_days = 90 }
    cache   = { expire_days = 30, keep_versions_days = 1 }
    results = { expire_days = null, keep_versions_days = 30 }
  }
}

resource "aws_kms_key" "this" {
  description             = "What ${local.cluster} keeps"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Account"
        Effect    = "Allow"
        Principal = { AWS = "arn:${data.aws_partition.current.partition}:iam::${local.account}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "Logs"
        Effect    = "Allow"
        Principal = { Service = "logs.${var.region}.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
        Resource  = "*"
        Condition = {
          ArnLike = {
            "kms:EncryptionContext:aws:logs:arn" = "arn:${data.aws_partition.current.partition}:logs:${var.region}:${local.account}:*"
          }
        }
      },
    ]
  })
}

module "network" {
  source = "./modules/network"

  name               = local.cluster
  region             = var.region
  cidr               = var.vpc_cidr
  zones              = var.zones
  single_nat_gateway = var.single_nat_gateway
  kms_key_arn        = aws_kms_key.this.arn
}

module "bucket" {
  source   = "./modules/bucket"
  for_each = local.buckets

  name               = "${local.cluster}-${each.key}-${local.account}"
  kms_key_arn        = aws_kms_key.this.arn
  expire_days        = each.value.expire_days
  keep_versions_days = each.value.keep_versions_days
  force_destroy      = var.force_destroy
}

module "cache" {
  source = "./modules/cache"

  name              = local.cluster
  node_type         = var.redis_node_type
  nodes             = var.redis_nodes
  subnet_ids        = module.network.private_subnet_ids
  security_group_id = module.network.redis_security_group_id
  kms_key_arn       = aws_kms_key.this.arn
}

module "access" {
  source = "./modules/access"

  name               = local.cluster
  region             = var.region
  buckets            = { for name, each in module.bucket : name => each.arn }
  kms_key_arn        = aws_kms_key.this.arn
  redis_secret_arn   = module.cache.secret_arn
  instance_types     = var.instance_types
  subnet_ids         = module.network.private_subnet_ids
  security_group_ids = [module.network.worker_security_group_id]
}

module "budget" {
  source = "./modules/budget"

  name        = local.cluster
  limit_usd   = var.monthly_budget_usd
  emails      = var.alert_emails
  environment = var.environment
}
