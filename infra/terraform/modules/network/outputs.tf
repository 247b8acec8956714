output "vpc_id" {
  description = "The network."
  value       = aws_vpc.this.id
}

output "public_subnet_ids" {
  description = "One a zone."
  value       = aws_subnet.public[*].id
}

output "private_subnet_ids" {
  description = "One a zone."
  value       = aws_subnet.private[*].id
}

output "head_security_group_id" {
  description = "Of the head."
  value       = aws_security_group.head.id
}

output "worker_security_group_id" {
  description = "Of the workers."
  value       = aws_security_group.worker.id
}

output "redis_security_group_id" {
  description = "Of Redis."
  value       = aws_security_group.redis.id
}
