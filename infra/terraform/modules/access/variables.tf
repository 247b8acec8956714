variable "name" {
  description = "Of the cluster, as Ray tags its instances."
  type        = string
}

variable "region" {
  description = "Where instances are started."
  type        = string
}

variable "buckets" {
  description = "ARNs by what they hold: models, cache, results."
  type        = map(string)
}

variable "kms_key_arn" {
  description = "Of the buckets and the token."
  type        = string
}

variable "redis_secret_arn" {
  description = "Where the token of Redis is kept."
  type        = string
}

variable "instance_types" {
  description = "What may be launched."
  type        = list(string)
}

variable "subnet_ids" {
  description = "Where it may be launched."
  type        = list(string)
}

variable "security_group_ids" {
  description = "With which groups."
  type        = list(string)
}
