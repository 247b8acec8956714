locals {
  nodes = { head = aws_security_group.head.id, worker = aws_security_group.worker.id }
}

resource "aws_security_group" "head" {
  #checkov:skip=CKV2_AWS_5:Ray's launcher starts the head with it; Terraform starts no instances
  name        = "${var.name}-ray-head"
  description = "The head of the Ray cluster"
  vpc_id      = aws_vpc.this.id
}

resource "aws_security_group" "worker" {
  #checkov:skip=CKV2_AWS_5:Ray's autoscaler starts workers with it; Terraform starts no instances
  name        = "${var.name}-ray-worker"
  description = "The workers of the Ray cluster"
  vpc_id      = aws_vpc.this.id
}

resource "aws_security_group" "redis" {
  #checkov:skip=CKV2_AWS_5:the replication group of another module has it
  name        = "${var.name}-redis"
  description = "Redis"
  vpc_id      = aws_vpc.this.id
}

# Ray takes ports as it likes: nodes of the cluster reach each other on all of them, and nobody else
# reaches any.
resource "aws_vpc_security_group_ingress_rule" "head_from_worker" {
  #checkov:skip=CKV_AWS_24:the source is a group of this cluster, no address; the check does not look at groups
  #checkov:skip=CKV_AWS_25:the source is a group of this cluster, no address; the check does not look at groups
  #checkov:skip=CKV_AWS_260:the source is a group of this cluster, no address; the check does not look at groups
  description                  = "The head from the worker"
  security_group_id            = aws_security_group.head.id
  referenced_security_group_id = aws_security_group.worker.id
  ip_protocol                  = "tcp"
  from_port                    = 1
  to_port                      = 65535
}

resource "aws_vpc_security_group_egress_rule" "worker_to_head" {
  description                  = "The worker to the head"
  security_group_id            = aws_security_group.worker.id
  referenced_security_group_id = aws_security_group.head.id
  ip_protocol                  = "tcp"
  from_port                    = 1
  to_port                      = 65535
}

resource "aws_vpc_security_group_ingress_rule" "worker_from_head" {
  #checkov:skip=CKV_AWS_24:the source is a group of this cluster, no address; the check does not look at groups
  #checkov:skip=CKV_AWS_25:the source is a group of this cluster, no address; the check does not look at groups
  #checkov:skip=CKV_AWS_260:the source is a group of this cluster, no address; the check does not look at groups
  description                  = "The worker from the head"
  security_group_id            = aws_security_group.worker.id
  referenced_security_group_id = aws_security_group.head.id
  ip_protocol                  = "tcp"
  from_port                    = 1
  to_port                      = 65535
}

resource "aws_vpc_security_group_egress_rule" "head_to_worker" {
  description                  = "The head to the worker"
  security_group_id            = aws_security_group.head.id
  referenced_security_group_id = aws_security_group.worker.id
  ip_protocol                  = "tcp"
  from_port                    = 1
  to_port                      = 65535
}

resource "aws_vpc_security_group_ingress_rule" "worker_from_worker" {
  #checkov:skip=CKV_AWS_24:the source is a group of this cluster, no address; the check does not look at groups
  #checkov:skip=CKV_AWS_25:the source is a group of this cluster, no address; the check does not look at groups
  #checkov:skip=CKV_AWS_260:the source is a group of this cluster, no address; the check does not look at groups
  description                  = "The worker from the worker"
  security_group_id            = aws_security_group.worker.id
  referenced_security_group_id = aws_security_group.worker.id
  ip_protocol                  = "tcp"
  from_port                    = 1
  to_port                      = 65535
}

resource "aws_vpc_security_group_egress_rule" "worker_to_worker" {
  description                  = "The worker to the worker"
  security_group_id            = aws_security_group.worker.id
  referenced_security_group_id = aws_security_group.worker.id
  ip_protocol                  = "tcp"
  from_port                    = 1
  to_port                      = 65535
}

resource "aws_vpc_security_group_egress_rule" "https" {
  for_each          = local.nodes
  description       = "APIs of the cloud and packages"
  security_group_id = each.value
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "redis" {
  for_each                     = local.nodes
  description                  = "Redis"
  security_group_id            = each.value
  referenced_security_group_id = aws_security_group.redis.id
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
}

resource "aws_vpc_security_group_ingress_rule" "redis" {
  for_each                     = local.nodes
  description                  = "Redis from the ${each.key}"
  security_group_id            = aws_security_group.redis.id
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
}
