output "head_instance_profile" {
  description = "What the head may."
  value       = aws_iam_instance_profile.this["head"].name
}

output "worker_instance_profile" {
  description = "What a worker may."
  value       = aws_iam_instance_profile.this["worker"].name
}
