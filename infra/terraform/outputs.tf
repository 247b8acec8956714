output "region" {
  description = "Where everything is."
  value       = var.region
}

output "environment" {
  description = "Which of several installations this is."
  value       = var.environment
}

output "instance_types" {
  description = "What the head may start."
  value       = var.instance_types
}

output "cluster_name" {
  description = "What the Ray cluster is called: the autoscaler may touch instances of this name only."
  value       = local.cluster
}

output "vpc_id" {
  description = "The network."
  value       = module.network.vpc_id
}

output "public_subnet_ids" {
  description = "Where the NAT gateways are; no node is."
  value       = module.network.public_subnet_ids
}

output "private_subnet_ids" {
  description = "Where nodes and Redis are."
  value       = module.network.private_subnet_ids
}

output "ray_head_security_group_id" {
  description = "Of the head."
  value       = module.network.head_security_group_id
}

output "ray_worker_security_group_id" {
  description = "Of the workers."
  value       = module.network.worker_security_group_id
}

output "redis_security_group_id" {
  description = "Of Redis."
  value       = module.network.redis_security_group_id
}

output "s3_buckets" {
  description = "Bucket names by what they hold: models, cache, results."
  value       = { for name, each in module.bucket : name => each.name }
}

output "redis_endpoint" {
  description = "The primary of Redis, as HOST:PORT; with TLS."
  value       = module.cache.endpoint
}

output "redis_secret_arn" {
  description = "Where the token of Redis is kept."
  value       = module.cache.secret_arn
}

output "head_instance_profile" {
  description = "What the head may."
  value       = module.access.head_instance_profile
}

output "worker_instance_profile" {
  description = "What a worker may."
  value       = module.access.worker_instance_profile
}
