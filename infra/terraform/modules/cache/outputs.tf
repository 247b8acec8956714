output "endpoint" {
  description = "The primary, as HOST:PORT."
  value       = "${aws_elasticache_replication_group.this.primary_endpoint_address}:${aws_elasticache_replication_group.this.port}"
}

output "secret_arn" {
  description = "Where the token is kept."
  value       = aws_secretsmanager_secret.auth.arn
}
