data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  prefix = "arn:${data.aws_partition.current.partition}"
  ec2    = "${local.prefix}:ec2:${var.region}:${data.aws_caller_identity.current.account_id}"
  tag    = "ray-cluster-name"
  roles  = toset(["head", "worker"])

  # Of both: what the work needs.
  work = [
    {
      Sid      = "ReadModels"
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = ["${var.buckets["models"]}/*"]
    },
    {
      Sid      = "KeepResults"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"]
      Resource = ["${var.buckets["cache"]}/*", "${var.buckets["results"]}/*"]
    },
    {
      Sid      = "ListBuckets"
      Effect   = "Allow"
      Action   = ["s3:ListBucket"]
      Resource = values(var.buckets)
    },
    {
      Sid      = "UseKey"
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource = [var.kms_key_arn]
    },
    {
      Sid      = "ReadRedisToken"
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue"]
      Resource = [var.redis_secret_arn]
    },
  ]

  # Of the head only: what Ray's autoscaler does. It starts instances of this cluster's name, and
  # touches no others.
  scale = [
    {
      Sid      = "StartTagged"
      Effect   = "Allow"
      Action   = ["ec2:RunInstances"]
      Resource = ["${local.ec2}:instance/*"]
      Condition = {
        StringEquals = {
          "aws:RequestTag/${local.tag}" = var.name
          "ec2:InstanceType"            = var.instance_types
          "ec2:MetadataHttpTokens"      = "required"
        }
      }
    },
    {
      Sid    = "StartWith"
      Effect = "Allow"
      Action = ["ec2:RunInstances"]
      Resource = concat(
        [for each in var.subnet_ids : "${local.ec2}:subnet/${each}"],
        [for each in var.security_group_ids : "${local.ec2}:security-group/${each}"],
        ["${local.ec2}:volume/*", "${local.ec2}:network-interface/*", "${local.ec2}:key-pair/*"],
        ["${local.prefix}:ec2:${var.region}::image/*"],
      )
    },
    {
      Sid       = "TagAtStart"
      Effect    = "Allow"
      Action    = ["ec2:CreateTags"]
      Resource  = ["${local.ec2}:instance/*", "${local.ec2}:volume/*"]
      Condition = { StringEquals = { "ec2:CreateAction" = "RunInstances" } }
    },
    {
      Sid       = "TendOwn"
      Effect    = "Allow"
      Action    = ["ec2:TerminateInstances", "ec2:CreateTags"]
      Resource  = ["${local.ec2}:instance/*"]
      Condition = { StringEquals = { "aws:ResourceTag/${local.tag}" = var.name } }
    },
    {
      Sid      = "Look"
      Effect   = "Allow"
      Action   = ["ec2:DescribeInstances", "ec2:DescribeInstanceTypes"]
      Resource = ["*"]
    },
    {
      Sid       = "HandOver"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = [aws_iam_role.this["worker"].arn]
      Condition = { StringEquals = { "iam:PassedToService" = "ec2.amazonaws.com" } }
    },
  ]
}

resource "aws_iam_role" "this" {
  for_each = local.roles
  name     = "${var.name}-${each.key}"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_instance_profile" "this" {
  for_each = local.roles
  name     = "${var.name}-${each.key}"
  role     = aws_iam_role.this[each.key].name
}

resource "aws_iam_role_policy" "work" {
  for_each = local.roles
  name     = "work"
  role     = aws_iam_role.this[each.key].id
  policy   = jsonencode({ Version = "2012-10-17", Statement = local.work })
}

resource "aws_iam_role_policy" "scale" {
  #checkov:skip=CKV_AWS_355:what describes instances takes no resource; all else names its own
  #checkov:skip=CKV_AWS_290:what starts, tags and ends instances is bound to the cluster by conditions
  name   = "scale"
  role   = aws_iam_role.this["head"].id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.scale })
}

# People come by Session Manager: no port is open to them.
resource "aws_iam_role_policy_attachment" "session" {
  for_each   = local.roles
  role       = aws_iam_role.this[each.key].name
  policy_arn = "${local.prefix}:iam::aws:policy/AmazonSSMManagedInstanceCore"
}
